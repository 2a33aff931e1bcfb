type Holder = { startedAt: Date | null; typicalMs: number | null };

/** Milliseconds until the one that holds a slot is likely over; null without history, 0 when it already takes longer. */
export function remainingMs({ startedAt, typicalMs }: Holder, now: Date): number | null {
  if (startedAt === null || typicalMs === null) return null;
  return Math.max(0, typicalMs - (now.getTime() - startedAt.getTime()));
}
