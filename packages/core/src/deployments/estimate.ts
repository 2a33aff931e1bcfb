type Holder = { startedAt: Date | null };

/**
 * Milliseconds until a queued deployment likely starts: what is left of the one that runs where it will, and a whole
 * typical duration for each that goes before it. Null without history; 0 when the one that runs already takes longer.
 */
export function startsInMs(
  { holder, ahead, typicalMs }: { holder: Holder; ahead: number; typicalMs: number | null },
  now: Date,
): number | null {
  if (holder.startedAt === null || typicalMs === null) return null;
  const left = Math.max(0, typicalMs - (now.getTime() - holder.startedAt.getTime()));
  return left + ahead * typicalMs;
}
