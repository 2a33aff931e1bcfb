import { claimChore, finishChore } from "@branchline/core/chores/claim";
import { findStored } from "@branchline/core/webhook-deliveries/queries";
import { chooseRedeliveries, redeliverableMs } from "@branchline/core/webhook-deliveries/redelivery";
import type { Parts } from "../parts.ts";

const everyMs = 120_000;
const soonMs = 30_000;
/** An attempt is on GitHub's list by the time it began, and may fail ten seconds later; clocks may differ by more. */
const overlapMs = 300_000;

/** GitHub never repeats a failed delivery by itself: asks for each that we have not got. */
export async function githubRedeliver({ db, github }: Parts): Promise<void> {
  const turn = await claimChore(db, "github.redeliver");
  if (turn === null) return;
  const now = Number(turn.now);
  const since = turn.lookedUntil ?? new Date(now - redeliverableMs);
  const attempts = await github.listFailedAttempts(since);
  const facts = await findStored(
    db,
    attempts.map((attempt) => attempt.deliveryId),
  );
  const { chosen, left } = chooseRedeliveries(attempts, facts);
  for (const { attemptId } of chosen) await github.redeliver(attemptId);
  const lookedUntil = left?.deliveredAt ?? new Date(now - overlapMs);
  await finishChore(db, "github.redeliver", { lookedUntil, dueInMs: left === null ? everyMs : soonMs });
}
