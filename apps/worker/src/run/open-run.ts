import type { Verdict } from "@branchline/core/deployments/finish";
import type { Work } from "@branchline/core/deployments/work";
import { createSandbox, createWorkspace, startEgress } from "@branchline/runner";
import { parseRoutes } from "../env.ts";
import type { Parts } from "../parts.ts";
import { startHeart } from "./heart.ts";
import { openLog } from "./log.ts";
import { type OpenParameters, openParameters } from "./parameters.ts";
import type { Run } from "./run.ts";

export type OpenedRun = { run: Run; close(verdict: Verdict): Promise<void> };

/** Everything that a run needs, taken down again by `close` whatever became of it. */
export async function openRun(parts: Parts, work: Work): Promise<OpenedRun> {
  const heart = startHeart(parts, work);
  const parameters = await openParameters(parts, work).catch(
    (): OpenParameters => ({ service: {}, stage: {}, build: {} }),
  );
  const secrets = [parameters.service, parameters.stage].flatMap((record) => Object.values(record));
  const log = openLog(parts, work, secrets, heart.lose);
  const workspace = await createWorkspace(`${parts.env.WORKER_DIR}/builds`, work.deploymentId);
  const egress = await startEgress({
    workspace,
    routes: parseRoutes(parts.env.WORKER_EGRESS_ROUTES),
    onRefused: (line) => void log.say(line),
  });
  const sandbox = createSandbox({ workspace, egress, toolchain: parts.toolchain });
  const run: Run = { parts, work, log, parameters, workspace, egress, sandbox, signal: heart.signal };
  return {
    run,
    async close() {
      await log.end();
      heart.stop();
      await egress.stop();
      await workspace.dispose();
    },
  };
}
