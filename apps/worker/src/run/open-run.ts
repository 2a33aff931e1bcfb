import type { Work } from "@branchline/core/deployments/work";
import { secretBytesMin } from "@branchline/logs";
import { createSandbox, createWorkspace, phaseHosts, type Sandbox, startEgress } from "@branchline/runner";
import { buildsDirectory, parseRoutes } from "../env.ts";
import type { Parts } from "../parts.ts";
import { alarm } from "./alarm.ts";
import type { Heart } from "./heart.ts";
import { openLog, type RunLog } from "./log.ts";
import type { OpenParameters } from "./parameters.ts";
import type { RunRecord } from "./record.ts";
import type { Run } from "./run.ts";

export type OpenedRun = { run: Run; close(): Promise<void> };

export function openRunLog(parts: Parts, work: Work, { lose: onLost, gone }: Heart, { secrets }: RunRecord): RunLog {
  const log = openLog(parts, work, {
    secrets,
    onLost,
    gone,
    onLeaks: (leaks) => alarm({ parts, work, log }, leaks),
  });
  return log;
}

type Beginning = Pick<Run, "parts" | "work" | "record" | "log" | "session" | "parameters"> & { heart: Heart };

/** Everything else that a run needs, taken down again by `close` whatever became of it, with the log's end before. */
export async function openRun({ heart, ...begun }: Beginning): Promise<OpenedRun> {
  const { parts, work, log } = begun;
  const { machine, toolchain, env } = parts;
  const { signal, gone } = heart;
  if (work.waitedMs === null) await warn(begun);
  const workspace = await createWorkspace(buildsDirectory(env), work.deploymentId, machine);
  const own = { registry: toolchain.registry, git: new URL(env.GITHUB_URL) };
  const deployHosts = [...env.WORKER_DEPLOY_HOSTS, ...work.profile.deployHosts];
  const hosts = phaseHosts(own, { build: env.WORKER_BUILD_HOSTS, deploy: deployHosts });
  const routes = parseRoutes(env.WORKER_EGRESS_ROUTES);
  const onRefused = (line: string) => void log.say(line).catch(() => undefined);
  const egress = await startEgress({ workspace, own, routes, onRefused });
  const sandbox = heardToTheEnd(createSandbox({ machine, workspace, egress, toolchain, killSignal: gone }), log);
  return {
    run: { ...begun, workspace, sandbox, hosts, phase: "checkout", signal, gone },
    async close() {
      try {
        await log.end();
      } finally {
        await egress.stop();
        await workspace.dispose();
      }
    },
  };
}

/** Each step's output ends with the step. */
function heardToTheEnd(sandbox: Sandbox, log: RunLog): Sandbox {
  return {
    ...sandbox,
    async run(step) {
      try {
        return await sandbox.run(step);
      } finally {
        await log.endStep();
      }
    },
  };
}

/** Not each time that it looks whether it still has to wait. */
async function warn({ parts, log, parameters }: Pick<Run, "parts" | "log" | "parameters">): Promise<void> {
  for (const missing of parts.machine.missing) await log.say(`The sandbox of this worker is weak: ${missing}.`);
  await warnOfShort(log, parameters);
}

/** A short value would take half of the log with it, so it is shown; who set it should know. */
async function warnOfShort(log: RunLog, { service, stage }: OpenParameters): Promise<void> {
  const isShort = (value: string) => Buffer.byteLength(value.trim()) < secretBytesMin;
  const names = Object.entries({ ...service, ...stage }).flatMap(([name, value]) => (isShort(value) ? [name] : []));
  if (names.length === 0) return;
  await log.say(
    `Not hidden in this log, for having fewer than ${secretBytesMin} characters: ${names.toSorted().join(", ")}.`,
  );
}
