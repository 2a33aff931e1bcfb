import type { World } from "@branchline/testing/world";
import { repository, services } from "../services.ts";
import type { Push, Stream } from "../stream.ts";

/** What GitHub was told of a deployment. */
export type Told = {
  deploymentId: string;
  /** Null while it has not ended. */
  conclusion: string | null;
  summary: string;
  startedAt: number | null;
  completedAt: number | null;
};

/** A push, and what GitHub was told of a service's deployments of its commit; the newest, which GitHub shows, first. */
export type Moment = { push: Push; told: Told[] };

/** Every push in order, as one service saw it. */
export type History = { service: string; moments: Moment[] };

export async function readHistories({ github }: World, { pushes }: Stream): Promise<History[]> {
  const token = await github.token("ada");
  const runs = await Promise.all(pushes.map(({ sha }) => checkRunsOf(github, token, sha)));
  return services.map((service) => ({
    service,
    moments: pushes.map((push, index) => ({
      push,
      told: (runs[index] ?? []).filter(({ name }) => name.includes(`/${service} `)).map(toldBy),
    })),
  }));
}

type CheckRun = {
  name: string;
  external_id: string;
  conclusion: string | null;
  output: { summary: string | null };
  started_at: string | null;
  completed_at: string | null;
};

/** A commit has one for each service, and one more for each time that a service was deployed again. */
async function checkRunsOf(github: World["github"], token: string, sha: string): Promise<CheckRun[]> {
  const path = `/repos/${repository}/commits/${sha}/check-runs?per_page=100&filter=all`;
  return (await github.rest(token, "GET", path)).check_runs as CheckRun[];
}

function toldBy({ external_id, conclusion, output, started_at, completed_at }: CheckRun): Told {
  return {
    deploymentId: external_id,
    conclusion,
    summary: output.summary ?? "",
    startedAt: started_at === null ? null : Date.parse(started_at),
    completedAt: completed_at === null ? null : Date.parse(completed_at),
  };
}
