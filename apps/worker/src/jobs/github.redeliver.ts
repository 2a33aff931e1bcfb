import { claimChore, finishChore } from "@branchline/core/chores/claim";
import { findStored } from "@branchline/core/webhook-deliveries/queries";
import {
  chooseRedeliveries,
  type DeliveryAttempt,
  redeliverableMs,
  walkOn,
} from "@branchline/core/webhook-deliveries/redelivery";
import { isRefusedByGithub } from "@branchline/github";
import type { Parts } from "../parts.ts";

const everyMs = 120_000;
const soonMs = 30_000;
/** An attempt is on GitHub's list by the time it began, and may fail ten seconds later; clocks may differ by more. */
const overlapMs = 300_000;

/** GitHub never repeats a failed delivery by itself: asks for each that we have not got, some of them in each turn. */
export async function githubRedeliver({ db, github }: Parts, size: { perPage?: number; pagesMax?: number } = {}) {
  const turn = await claimChore(db, "github.redeliver");
  if (turn === null) return;
  const now = Number(turn.now);
  const walk = { since: turn.lookedUntil ?? new Date(now - redeliverableMs), parts: turn.cursors };
  const list = (from: string | null) => github.listFailedAttempts({ since: walk.since, from, ...size });
  const part = await list(walk.parts.at(-1) ?? null).catch((error: unknown) => {
    if (walk.parts.length === 0 || !isRefusedByGithub(error)) throw error;
    // GitHub forgets where a list was cut, as it forgets what was in it.
    walk.parts = [];
    return list(null);
  });
  const left = part.next === null ? await redeliverOf({ db, github }, part.attempts) : null;
  const next = walkOn(walk, part, left);
  const { since, parts } = next ?? { since: new Date(now - overlapMs), parts: [] };
  const dueInMs = next === null ? everyMs : left === null ? 0 : soonMs;
  await finishChore(db, "github.redeliver", { lookedUntil: since, cursors: parts, dueInMs });
}

/** @returns the oldest that must wait */
async function redeliverOf({ db, github }: Pick<Parts, "db" | "github">, attempts: DeliveryAttempt[]) {
  const facts = await findStored(
    db,
    attempts.map((attempt) => attempt.deliveryId),
  );
  const { chosen, left } = chooseRedeliveries(attempts, facts);
  for (const { attemptId } of chosen) await github.redeliver(attemptId);
  return left;
}
