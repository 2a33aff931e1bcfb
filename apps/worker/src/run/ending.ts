import { inspect } from "node:util";
import type { Verdict } from "@branchline/core/deployments/finish";
import { explain } from "@branchline/core/deployments/reasons";
import { isAway } from "@branchline/db";
import { isCancelAsked, isHandedOver } from "./heart.ts";
import { endOfOutage } from "./outage.ts";
import { Parked } from "./parked.ts";
import type { RunRecord } from "./record.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** How a worker's part in a deployment ends. */
export type Ending =
  | Verdict
  | Parked
  /** It may be another worker's already; whoever gets it starts again, or follows the stack. */
  | "given_up"
  /** As if this worker had died: nothing more is written, and another one tries once more when the lease has run out. */
  | "abandoned";

/** A build that takes its worker down twice does so again. */
export const lostWorkersMax = 2;

/** The ending of a walk that did not come to its verdict. */
export async function endingOf(run: Run, error: unknown): Promise<Ending> {
  if (run.gone.aborted) return givenUp(run);
  if (isCancelAsked(run.signal) && run.work.mutation === null) return cancelled(run);
  const why = endOfOutage(run, error) ?? error;
  if (why instanceof Parked) return parked(run, why);
  return why instanceof Stopped ? stopped(run, why) : ourFault(run, why);
}

async function givenUp({ gone, log }: Run): Promise<"given_up"> {
  if (isHandedOver(gone)) await log.say("This worker ends. Another one goes on with the deployment.");
  return "given_up";
}

/** Told once, however often it looks; and again when something was told since. */
async function parked({ work, log }: Run, why: Parked): Promise<Parked> {
  const isTold = work.waitedMs !== null && (await log.nextLine()) === work.firstLine;
  if (!isTold) await log.say(`${why.message} It goes on when that is over.`);
  return why;
}

async function cancelled({ log }: Run): Promise<Verdict> {
  await log.say("Cancelled before anything was deployed.");
  return { status: "cancelled", facts: { reason: "cancelled_by_person" }, outputs: [] };
}

async function stopped({ log }: Run, { reason, detail, failureLine }: Stopped): Promise<Verdict> {
  const { sentence, next } = explain(reason);
  const status = reason === "superseded" ? "cancelled" : "failed";
  const word = reason === "superseded" ? "Superseded" : "Failed";
  await log.say(`${word}: ${detail ?? sentence}${next === null ? "" : ` ${next}`}`);
  const facts: Verdict["facts"] = { reason };
  if (detail !== undefined) facts.reasonDetail = detail;
  if (failureLine !== null) facts.failureLine = failureLine;
  return { status, facts, outputs: [] };
}

/**
 * What nobody expected. A database that is away is no fault of the deployment's, which goes on when it is back. A bug of ours
 * is tried once more, by whichever worker comes first; once AWS was touched only the stack can tell how it ends.
 */
export function ourFault({ parts, work, record }: Pick<Run, "parts" | "work" | "record">, error: unknown): Ending {
  const { deploymentId } = work;
  parts.log.error({ deploymentId, error: record.masked(inspect(error)) }, "a deployment failed by our own fault");
  if (isAway(error)) return "given_up";
  if (work.mutation !== null || work.lostWorkers + 1 < lostWorkersMax) return "abandoned";
  return { status: "failed", facts: { reason: "internal" }, outputs: [] };
}

/** Writes the ending down, unless the deployment is another worker's by now. */
export async function settle(record: RunRecord, ending: Ending): Promise<void> {
  if (ending === "abandoned") return;
  if (ending === "given_up") await record.giveUp();
  else if (ending instanceof Parked) await record.park(ending);
  else await record.finish(ending);
}
