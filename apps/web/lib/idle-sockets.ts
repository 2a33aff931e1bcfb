import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** A stream's heartbeat comes four times as often. */
const idleMs = 60_000;

/**
 * Closes a connection over which nothing has moved for a while, as that of a reader who takes nothing. Next has no setting
 * for it and would wait for such a reader for ever.
 */
export function closeIdleSockets(afterMs = idleMs): void {
  subscribe("http.server.request.start", (message) => (message as { socket: Socket }).socket.setTimeout(afterMs));
}
