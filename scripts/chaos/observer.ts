import { accounts } from "@branchline/testing/aws-accounts";
import { stacksOf } from "@branchline/testing/aws-stacks";
import type { World } from "@branchline/testing/world";
import { type Push, repository, services } from "./services.ts";

/** What GitHub was told of a service's deployment of a commit. */
type Told = { conclusion: string | null; summary: string };

/** What a push came to, for a service that it changed. */
type Fate = "deployed" | "superseded" | "explained" | "lost";

export type Observation = Record<Fate, number> & { doubled: number; wrong: number; sentences: string[] };

const ended = new Set(["success", "failure", "timed_out", "action_required"]);

/**
 * Judges from outside alone: what was pushed, what GitHub was told, and what the stacks are. A service is at rest when its
 * stack has the head's version, or GitHub was told why not.
 */
export async function observe(world: World, token: string, pushes: readonly Push[]): Promise<Observation> {
  const told = await Promise.all(pushes.map((push) => toldOf(world, token, push.sha)));
  const seen: Observation = { deployed: 0, superseded: 0, explained: 0, lost: 0, doubled: 0, wrong: 0, sentences: [] };
  for (const service of services) {
    const history = pushes.map((push, index) => ({ push, told: told[index]?.get(service) ?? null }));
    judgeFates(seen, service, history);
    judgeStack(seen, service, history, await stackOf(world, service));
  }
  return seen;
}

function judgeFates(seen: Observation, service: string, history: Moment[]): void {
  for (const [index, { push, told }] of history.entries()) {
    if (!push.changed.includes(service)) continue;
    const fate = fateOf(history.slice(index));
    seen[fate] += 1;
    if (fate === "explained" || fate === "lost")
      seen.sentences.push(`${service} at ${push.sha.slice(0, 7)}: ${fate} ${told?.summary ?? ""}`);
  }
}

function judgeStack(seen: Observation, service: string, history: Moment[], stack: Stack): void {
  const runs = history.filter(({ told }) => ended.has(told?.conclusion ?? ""));
  if (stack.updates > runs.length) {
    seen.doubled += 1;
    seen.sentences.push(`${service}: ${stack.updates} updates of the stack for ${runs.length} deployments`);
  }
  // What failed may have left the stack at either version.
  if (runs.at(-1)?.told?.conclusion !== "success") return;
  const version = `v${runs.at(-1)?.push.versions.get(service)}`;
  if (stack.version === version) return;
  seen.wrong += 1;
  seen.sentences.push(`${service}: GitHub was told ${version}, and the stack is at ${stack.version}`);
}

type Stack = { version: string | null; updates: number };
type Moment = { push: Push; told: Told | null };

/** A later push of the branch holds whatever an earlier one changed, so its success is the earlier one's end. */
function fateOf([own, ...later]: Moment[]): Fate {
  if (own?.told?.conclusion === "success") return "deployed";
  if (later.some(({ told }) => told?.conclusion === "success")) return "superseded";
  return own?.told !== null && ended.has(own?.told?.conclusion ?? "") ? "explained" : "lost";
}

async function toldOf({ github }: World, token: string, sha: string): Promise<Map<string, Told>> {
  const answer = await github.rest(token, "GET", `/repos/${repository}/commits/${sha}/check-runs?per_page=100`);
  const runs = answer.check_runs as { name: string; conclusion: string | null; output: { summary: string | null } }[];
  return new Map(
    runs.map(({ name, conclusion, output }) => [
      services.find((service) => name.includes(service)) ?? name,
      { conclusion, summary: output.summary ?? "" },
    ]),
  );
}

async function stackOf({ aws }: World, service: string): Promise<Stack> {
  const stack = await stacksOf(aws, accounts.staging, `${service}-staging`);
  if ((await stack.status()) === null) return { version: null, updates: 0 };
  return { version: (await stack.outputs()).Version ?? null, updates: await stack.updates() };
}
