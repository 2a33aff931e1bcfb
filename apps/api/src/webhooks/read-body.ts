import type { IncomingMessage } from "node:http";

/** GitHub sends 25 MB at the most. */
const bodyBytesMax = 26 * 1024 * 1024;
/** Of all bodies together that are not answered yet: neither many large ones nor a slow database may fill the memory. */
const heldBytesMax = 256 * 1024 * 1024;
const readMs = 8_000;

export type ReadBody =
  /** To be released when it is not needed any more. */
  { kind: "read"; bytes: Buffer; release(): void } | { kind: "too_large" } | { kind: "too_slow" } | { kind: "full" };

/**
 * Reads raw bodies, bounded in size, in time and all together: nothing is parsed before the signature is known to be ours.
 * From Node's own message, because a web stream around it costs as much as all the rest.
 */
export function createBodyReader(heldMax: number = heldBytesMax) {
  let held = 0;

  /** @throws Error when the sender hangs up */
  return function readBody(message: IncomingMessage): Promise<ReadBody> {
    if (Number(message.headers["content-length"] ?? 0) > bodyBytesMax) return Promise.resolve({ kind: "too_large" });
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      let size = 0;
      const timer = setTimeout(() => settle({ kind: "too_slow" }), readMs);
      function settle(body: ReadBody | Error): void {
        clearTimeout(timer);
        message.off("data", take).off("end", end).off("close", hungUp);
        if (body instanceof Error || body.kind !== "read") release();
        if (body instanceof Error) reject(body);
        else resolve(body);
      }
      function release(): void {
        held -= size;
      }
      function take(part: Buffer): void {
        parts.push(part);
        size += part.length;
        held += part.length;
        if (size > bodyBytesMax) settle({ kind: "too_large" });
        else if (held > heldMax) settle({ kind: "full" });
      }
      const end = () => settle({ kind: "read", bytes: Buffer.concat(parts, size), release });
      const hungUp = () => settle(new Error("The sender hung up"));
      message.on("data", take).once("end", end).once("close", hungUp);
    });
  };
}
