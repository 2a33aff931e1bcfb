import type { Verdict } from "@branchline/core/deployments/finish";
import {
  type BrokerCredentials,
  type BuildPlan,
  deployStep,
  findCli,
  refusalOfCli,
  type StepExit,
  startCredentialBroker,
  startFactChannel,
} from "@branchline/runner";
import { conclude } from "./conclude.ts";
import { buildEnvironment } from "./environment.ts";
import { createFactBook } from "./fact-book.ts";
import { deployLimits } from "./limits.ts";
import { beginPhase, endPhaseWith, type Run } from "./run.ts";
import type { Session } from "./session.ts";
import { followStack } from "./stack.ts";
import { Stopped } from "./stopped.ts";

/**
 * `serverless deploy`: the only step with AWS credentials. Its packaging and its deployment are two phases, told apart by
 * our plugin: the first may only read. The verdict comes from the stack.
 */
export async function deployPhase(run: Run, plan: BuildPlan): Promise<Verdict> {
  const { workspace, log, session } = run;
  const book = createFactBook(run);
  const broker = await startCredentialBroker(workspace, () => (book.isPackaged() ? session.whole() : passing(session)));
  const facts = await startFactChannel(workspace, book.write);
  await beginPhase(run, "package");
  const firstLine = await log.nextLine();
  const following = followStack(run, book);
  try {
    const exit = await runCli(run, plan);
    return await conclude(run, book, exit, firstLine);
  } catch (error) {
    // Once AWS was touched the phase goes on with whoever follows the stack.
    const isOver = book.mutation() === null || (error instanceof Stopped && !run.gone.aborted);
    if (isOver) await endPhaseWith(run, run.phase, "failed", null);
    throw error;
  } finally {
    await following.stop();
    await facts.stop();
    await broker.stop();
  }
}

/** The SDK keeps what lasts: told that this ends at once, it asks again with each request, and so hears of the next phase. */
async function passing(session: Session): Promise<BrokerCredentials> {
  return { ...(await session.reading()), expiration: new Date(Date.now() + passingMs) };
}

/** AWS's SDK 2 takes what ends within 15 seconds for ended, SDK 3 what ends within five minutes. */
const passingMs = 10_000;

async function runCli(run: Run, plan: BuildPlan): Promise<StepExit> {
  const { parts, work, log, sandbox, parameters, signal } = run;
  const cli = await findCli(run.workspace, plan);
  const refusal = refusalOfCli(cli);
  if (refusal !== null) throw new Stopped("cli_unsupported", refusal);
  await log.say(`serverless deploy --stage ${work.stage} (${cli.name} ${cli.version})`);
  const { stage, region, deploymentId } = work;
  const step = deployStep(cli, { stage, region, deploymentId, parameters });
  return sandbox.run({
    ...step,
    directory: work.baseDirectory,
    node: plan.node,
    environment: { ...parameters.build, ...buildEnvironment(work), ...step.environment },
    allow: run.hosts.deploy,
    ...deployLimits(parts.env),
    output: log.output,
    signal,
  });
}
