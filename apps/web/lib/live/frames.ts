import type { LogPosition } from "@branchline/core/logs/queries";

/** The browser waits this long before it comes back; a stream ends by itself, so coming back is the normal path. */
export const retryMs = 500;

export const heartbeat = ": still here\n\n";

/** One server-sent event. JSON has no line feed of its own, so nothing that a build prints can end the frame. */
export function frame(event: string, body: unknown, id?: string): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(body)}\n\n`;
}

export function idOf({ epoch, seq }: LogPosition): string {
  return `${epoch}.${seq}`;
}

/** Null for anything that is not an id of ours: the reader begins at the start. */
export function positionOf(id: string | null): LogPosition | null {
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(id ?? "");
  return match === null ? null : { epoch: Number(match[1]), seq: Number(match[2]) };
}
