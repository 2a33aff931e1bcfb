import { setTimeout as pause } from "node:timers/promises";

/** How fast a build may print: for ever, and how far it may run ahead of that. */
export type Pace = { bytesPerSecond: number; burstBytes: number };

/** Settles when so many more bytes are within the pace. Whoever waits for it leaves the rest in the build's pipe. */
export function keepPace({ bytesPerSecond, burstBytes }: Pace): (bytes: number) => Promise<void> {
  let allowed = burstBytes;
  let countedAt = performance.now();
  return async (bytes) => {
    const now = performance.now();
    allowed = Math.min(burstBytes, allowed + ((now - countedAt) / 1_000) * bytesPerSecond) - bytes;
    countedAt = now;
    if (allowed < 0) await pause((-allowed / bytesPerSecond) * 1_000);
  };
}
