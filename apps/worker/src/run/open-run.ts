import type { Work } from "@branchline/core/deployments/work";
import { createSandbox, createWorkspace, startEgress } from "@branchline/runner";
import { parseRoutes } from "../env.ts";
import type { Parts } from "../parts.ts";
import type { Heart } from "./heart.ts";
import { openLog } from "./log.ts";
import type { OpenParameters } from "./parameters.ts";
import type { Run } from "./run.ts";

export type OpenedRun = { run: Run; close(): Promise<void> };

const none: OpenParameters = { service: {}, stage: {}, build: {} };

/** Everything that a run needs, taken down again by `close` whatever became of it. */
export async function openRun(
  parts: Parts,
  work: Work,
  heart: Heart,
  parameters: OpenParameters | null,
): Promise<OpenedRun> {
  const { toolchain, env } = parts;
  const opened = parameters ?? none;
  const log = openLog(parts, work, [...Object.values(opened.service), ...Object.values(opened.stage)], heart.lose);
  const workspace = await createWorkspace(`${env.WORKER_DIR}/builds`, work.deploymentId);
  const routes = parseRoutes(env.WORKER_EGRESS_ROUTES);
  const egress = await startEgress({ workspace, toolchain, routes, onRefused: (line) => void log.say(line) });
  const sandbox = createSandbox({ workspace, egress, toolchain });
  return {
    run: { parts, work, log, parameters: opened, workspace, sandbox, phase: "checkout", signal: heart.signal },
    async close() {
      await log.end();
      await egress.stop();
      await workspace.dispose();
    },
  };
}
