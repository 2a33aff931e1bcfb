/** One time that GitHub tried to deliver; a redelivery is another attempt of the same delivery. */
export type DeliveryAttempt = {
  attemptId: string;
  deliveryId: string;
  deliveredAt: Date;
  /** What we, or whoever stands before us, answered; 0 while it is under way. */
  status: number;
};

/** Some of a list that may be long, newest first. */
export type AttemptsPart = {
  attempts: DeliveryAttempt[];
  /** Of all that was read. */
  newestAt: Date | null;
  /** Where the next part begins, which is older; null when there is none. */
  next: string | null;
};

/** How far a walk through the list has come, from its oldest end. */
export type Walk = {
  /** What is older is done. */
  since: Date;
  /** Where the parts begin that are not done, but for the newest, which begins the list; the last one is the oldest. */
  parts: string[];
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

/**
 * Where the walk goes on. What failed first goes first, so it goes down the list until its end, and part by part up again: so
 * an outage of any length is asked for in turns.
 * @returns null when the whole list is done
 */
export function walkOn(
  { since, parts }: Walk,
  { next, newestAt }: Omit<AttemptsPart, "attempts">,
  left: DeliveryAttempt | null,
): Walk | null {
  if (next !== null) return { since, parts: [...parts, next] };
  if (left !== null) return { since: left.deliveredAt, parts };
  return parts.length === 0 ? null : { since: newestAt ?? since, parts: parts.slice(0, -1) };
}
