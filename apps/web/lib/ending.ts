import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { openStreams } from "./streams";

/** An orchestrator kills after a while; this process ends before it does. */
const endMsMax = 14_000;
const lookEveryMs = 100;
/** With which Next ends after a SIGTERM that all went well after. */
const endedBySigterm = 143;

/**
 * Lets SIGTERM end this process soon and well. Next answers what is under way and waits for every connection; so streams
 * end, and connections are closed as soon as nothing is under way on them: the browser comes back to the next process.
 */
export function endOnSigterm(): void {
  const servers = new Set<Server>();
  let isEnding = false;
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as { server: Server; response: ServerResponse };
    servers.add(server);
    if (isEnding) response.setHeader("connection", "close");
  });
  process.once("SIGTERM", () => {
    isEnding = true;
    const look = () => {
      for (const close of [...openStreams]) close();
      for (const server of servers) server.closeIdleConnections();
    };
    look();
    setInterval(look, lookEveryMs).unref();
    setTimeout(() => process.exit(1), endMsMax).unref();
  });
  process.once("exit", (code) => {
    if (isEnding && code === endedBySigterm) process.exitCode = 0;
  });
}
