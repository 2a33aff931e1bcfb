import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

export type Listening = {
  port: number;
  /** Takes no more connections, answers what is under way, and cuts what has not ended in ten seconds. */
  stop(): Promise<void>;
};

const drainMs = 10_000;
const lookEveryMs = 100;

/** @throws Error when the port is taken */
export async function listen(app: Hono, { port, hostname }: { port: number; hostname: string }): Promise<Listening> {
  const listening = Promise.withResolvers<AddressInfo>();
  // Whoever sends the head of a request, or all of it, slower than GitHub would is cut off.
  const serverOptions = { headersTimeout: 8_000, requestTimeout: 12_000 };
  const server = serve({ fetch: app.fetch, port, hostname, serverOptions }, listening.resolve) as Server;
  server.once("error", listening.reject);
  let isStopping = false;
  // Who keeps a connection and goes on using it is told to come back by another one.
  server.prependListener("request", (_request, response) => {
    if (isStopping) response.setHeader("connection", "close");
  });
  const address = await listening.promise;
  return {
    port: address.port,
    async stop() {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const look = setInterval(() => server.closeIdleConnections(), lookEveryMs);
      const cut = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearInterval(look);
      clearTimeout(cut);
    },
  };
}
