import { AwsUnavailable } from "@branchline/aws";
import type { Work } from "@branchline/core/deployments/work";
import { Stopped } from "./stopped.ts";

/** The walk of a deployment rests here without a worker: it goes on when the time is over. */
export class Parked extends Error {
  readonly forMs: number;

  /** @param because what it waits for, in a sentence */
  constructor(because: string, forMs: number) {
    super(because);
    this.forMs = forMs;
  }
}

/** CloudFormation itself gives up a resource that never answers after about an hour; an update has several of them. */
const patienceMs = 3 * 60 * 60_000;

/** Whether a deployment that waits has not waited too long. */
export function isPatient({ parkedSince }: Pick<Work, "parkedSince">): boolean {
  return parkedSince === null || Date.now() - parkedSince.getTime() < patienceMs;
}

/** Between two tries, and up to as much more: those that wait for the same AWS don't ask at once. */
const askAgainMs = 10_000;

/** Before AWS was touched, AWS that does not answer is waited for. */
export async function whileAwsAnswers<T>(work: Pick<Work, "parkedSince">, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AwsUnavailable)) throw error;
    if (!isPatient(work)) throw new Stopped("aws_unavailable", error.message);
    throw new Parked(error.message, askAgainMs * (1 + Math.random()));
  }
}
