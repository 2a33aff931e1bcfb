import { setTimeout as timer } from "node:timers/promises";

/** Settles after that long; at once when the moment is past, or when chaos is to end. */
export async function pause(milliseconds: number, stopAsked: AbortSignal): Promise<void> {
  await timer(Math.max(0, milliseconds), undefined, { signal: stopAsked }).catch(() => undefined);
}
