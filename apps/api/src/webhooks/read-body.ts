import type { IncomingMessage } from "node:http";

/** GitHub sends 25 MB at the most. */
const bodyBytesMax = 26 * 1024 * 1024;
const readMs = 8_000;

export type ReadBody = { kind: "read"; bytes: Buffer } | { kind: "too_large" } | { kind: "too_slow" };

/**
 * The raw bytes, bounded in size and time: nothing is parsed before the signature is known to be ours. From Node's own
 * message, because a web stream around it costs as much as all the rest.
 * @throws Error when the sender hangs up
 */
export function readBody(message: IncomingMessage): Promise<ReadBody> {
  if (Number(message.headers["content-length"] ?? 0) > bodyBytesMax) return Promise.resolve({ kind: "too_large" });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle({ kind: "too_slow" }), readMs);
    function settle(body: ReadBody | Error): void {
      clearTimeout(timer);
      message.off("data", take).off("end", end).off("close", hungUp);
      if (body instanceof Error) reject(body);
      else resolve(body);
    }
    function take(part: Buffer): void {
      parts.push(part);
      size += part.length;
      if (size > bodyBytesMax) settle({ kind: "too_large" });
    }
    const end = () => settle({ kind: "read", bytes: Buffer.concat(parts, size) });
    const hungUp = () => settle(new Error("The sender hung up"));
    message.on("data", take).once("end", end).once("close", hungUp);
  });
}
