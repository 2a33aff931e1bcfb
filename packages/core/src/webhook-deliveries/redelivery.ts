/** One time that GitHub tried to deliver; a redelivery is another attempt of the same delivery. */
export type DeliveryAttempt = {
  attemptId: string;
  deliveryId: string;
  deliveredAt: Date;
  /** What we, or whoever stands before us, answered; 0 while it is under way. */
  status: number;
};

/** GitHub redelivers what is not older than this. */
export const redeliverableMs = 3 * 24 * 3_600_000;
const atOnce = 100;

/** The door said that the body itself is wrong, so another try can't mend it. */
const refusedForGood = [400, 413];

export type Redeliveries = {
  /** Oldest first. */
  chosen: DeliveryAttempt[];
  /** The oldest that must wait; null when none is left. */
  left: DeliveryAttempt | null;
};

/**
 * Which failed attempts to repeat: the last one of each delivery that was not stored meanwhile. While nothing has arrived
 * since the newest failure the door may still be shut, so then one alone knocks: the one that failed longest ago.
 */
export function chooseRedeliveries(
  attempts: readonly DeliveryAttempt[],
  { stored, lastReceivedAt }: { stored: ReadonlySet<string>; lastReceivedAt: Date | null },
): Redeliveries {
  const byAge = attempts.toSorted((one, other) => Number(one.deliveredAt) - Number(other.deliveredAt));
  const lost = [...new Map(byAge.map((attempt) => [attempt.deliveryId, attempt])).values()]
    .filter(({ deliveryId, status }) => status !== 0 && !refusedForGood.includes(status) && !stored.has(deliveryId))
    .sort((one, other) => Number(one.deliveredAt) - Number(other.deliveredAt));
  const newest = lost.at(-1);
  const isOpen = newest !== undefined && lastReceivedAt !== null && lastReceivedAt > newest.deliveredAt;
  const count = isOpen ? atOnce : 1;
  return { chosen: lost.slice(0, count), left: lost[count] ?? null };
}
