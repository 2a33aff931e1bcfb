import type { AcceptedChange } from "@branchline/testing/aws-door";
import type { StackUpdate } from "@branchline/testing/aws-stacks";
import { stackNameOf } from "../services.ts";
import type { StackFacts } from "./facts.ts";
import type { History, Told } from "./histories.ts";

const verdictMs = 60_000;

export type Verdicts = { broken: number; longestMs: number; sentences: string[] };

/** P3: what GitHub was told of a deployment is what its stack came to, within a minute; and the stack is at what it was told last. */
export function judgeVerdicts(
  accepted: readonly AcceptedChange[],
  histories: readonly History[],
  stacks: ReadonlyMap<string, StackFacts>,
): Verdicts {
  const verdicts: Verdicts = { broken: 0, longestMs: 0, sentences: [] };
  for (const history of histories) {
    const { version, updates } = stacks.get(history.service) ?? { version: null, updates: [] };
    const changes = accepted.filter(({ stackName }) => stackName === stackNameOf(history.service));
    const told = history.moments.flatMap((moment) => moment.told);
    const ends = changes.map(({ deploymentId, at }) => {
      return { told: told.find((one) => one.deploymentId === deploymentId), update: updateAt(updates, at) };
    });
    const waits = ends.map(waitOf);
    verdicts.longestMs = Math.max(verdicts.longestMs, ...waits);
    const wrong = [...ends.flatMap(wrongEnd), ...wrongVersion(history, version), ...unended(history)];
    verdicts.broken += wrong.length;
    verdicts.sentences.push(...wrong.map((why) => `wrong verdict: ${history.service}: ${why}`));
  }
  return verdicts;
}

/** The commits on which GitHub shows a deployment that has not ended. */
export function unended({ service, moments }: History): string[] {
  return moments
    .filter(({ told: [newest] }) => newest !== undefined && newest.conclusion === null)
    .map(({ push }) => `GitHub shows ${service} at ${push.sha.slice(0, 7)} as not ended`);
}

type End = { told: Told | undefined; update: StackUpdate | undefined };

/** The door writes a change down when AWS has answered, so the update has begun by then. */
function updateAt(updates: readonly StackUpdate[], at: number): StackUpdate | undefined {
  return updates.findLast(({ beganAt }) => beganAt.getTime() <= at);
}

/** GitHub's times are whole seconds, so a verdict may seem to come before its stack's end. */
function waitOf({ told, update }: End): number {
  return Math.max(0, (told?.completedAt ?? 0) - (update?.endedAt?.getTime() ?? Number.POSITIVE_INFINITY));
}

function wrongEnd(end: End): string[] {
  const { told, update } = end;
  const isDone = update?.endedAs === "UPDATE_COMPLETE";
  if (told?.conclusion !== (isDone ? "success" : "failure"))
    return [
      `${told?.deploymentId} was told as ${told?.conclusion}, and its stack's update ended as ${update?.endedAs}`,
    ];
  return waitOf(end) > verdictMs
    ? [`${told.deploymentId} was told ${waitOf(end) / 1_000} s after its stack's end`]
    : [];
}

function wrongVersion({ service, moments }: History, version: string | null): string[] {
  const successes = moments.flatMap(({ push, told }) =>
    told
      .filter(({ conclusion }) => conclusion === "success")
      .map(({ completedAt }) => ({ push, at: completedAt ?? 0 })),
  );
  const last = successes.toSorted((one, other) => one.at - other.at).at(-1);
  const expected = last === undefined ? null : `v${last.push.versions.get(service)}`;
  return version === expected ? [] : [`GitHub was told ${expected} last, and the stack is at ${version}`];
}
