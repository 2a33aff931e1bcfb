import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  event: string;
  guid: string;
  headers: Record<string, string>;
  /** The exact bytes, as text. */
  raw: string;
  body: Record<string, unknown>;
}

/** A webhook endpoint that keeps what it is sent; `next` waits for the first that matches and takes it out. */
export async function startReceiver() {
  const kept: Received[] = [];
  const waiting = new Set<() => void>();
  let answer = 202;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
      kept.push({
        event: headers["x-github-event"] ?? "",
        guid: headers["x-github-delivery"] ?? "",
        headers,
        raw,
        body: JSON.parse(raw) as Record<string, unknown>,
      });
      response.writeHead(answer).end("noted");
      for (const wake of waiting) wake();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/github`,
    kept,
    answerWith: (status: number) => {
      answer = status;
    },
    next: (matches: (one: Received) => boolean) =>
      new Promise<Received>((resolve) => {
        const look = () => {
          const at = kept.findIndex(matches);
          const [found] = at < 0 ? [] : kept.splice(at, 1);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
