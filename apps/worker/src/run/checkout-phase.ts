import { pinCommit } from "@branchline/core/deployments/pin-commit";
import { type BuildPlan, checkout, readPlan, type StepExit } from "@branchline/runner";
import { assertSucceeded } from "./build-phases.ts";
import { inPhase, type Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** The commit's files, by a token for this repository only that is gone before anything else runs; then what they ask for. */
export function checkoutPhase(run: Run): Promise<BuildPlan> {
  return inPhase(run, "checkout", async (firstLine) => {
    const { repository, baseDirectory } = run.work;
    if (!repository.isConnected) throw new Stopped("repository_removed");
    const commit = await commitOf(run);
    await run.log.say(`Check out ${repository.fullName} at ${commit.sha.slice(0, 7)} (${run.work.branch})`);
    await fetchCommit(run, commit.sha, firstLine);
    const plan = await readPlan(run.workspace, baseDirectory);
    for (const note of plan.notes) await run.log.say(note);
    if (plan.problem !== null) throw problemOf(plan.problem, await run.log.nextLine());
    if (plan.cliRefusal !== null) throw new Stopped("cli_unsupported", plan.cliRefusal);
    return plan;
  });
}

async function commitOf({ parts, work }: Run): Promise<{ sha: string }> {
  if (work.commit !== null) return work.commit;
  const head = await parts.github.findBranchHead({ ...work.repository, branch: work.branch });
  if (head === null) throw new Stopped("commit_gone", `The branch ${work.branch} is not in the repository.`);
  const commit = { sha: head.sha, message: head.message, author: head.authorName };
  await pinCommit(parts.db, work, { ...commit, authorLogin: head.authorLogin });
  work.commit = commit;
  await parts.doorbell.ring([{ name: "deployment.report", payload: { deploymentId: work.deploymentId } }]);
  return commit;
}

/** Twice at the most: a token can end, and a connection break, in the middle of a fetch. */
async function fetchCommit(run: Run, sha: string, firstLine: number): Promise<void> {
  const { log } = run;
  let exit = await fetchOnce(run, sha);
  if (!isDone(exit) && exit.kind !== "limited" && !run.signal.aborted) {
    await log.say("The fetch failed. It is tried once more, with a new token.");
    exit = await fetchOnce(run, sha);
  }
  if (isDone(exit)) return;
  await log.nextLine();
  if (exit.kind === "limited") assertSucceeded(exit, "checkout_failed", log.failureLine(firstLine));
  throw new Stopped("checkout_failed", `Commit ${sha.slice(0, 7)} could not be fetched.`, log.failureLine(firstLine));
}

const isDone = (exit: StepExit) => exit.kind === "exited" && exit.code === 0;

async function fetchOnce({ parts, work, sandbox, log, signal }: Run, sha: string): Promise<StepExit> {
  const { installationGithubId, githubId, fullName } = work.repository;
  const { token } = await parts.github.checkoutToken({ installationGithubId, repositoryGithubId: githubId });
  log.hide("the token of the checkout", [token]);
  const cloneUrl = `${parts.env.GITHUB_URL}/${fullName}.git`;
  return checkout({ sandbox, cloneUrl, sha, token, output: log.output, signal });
}

function problemOf(problem: NonNullable<BuildPlan["problem"]>, line: number): Stopped {
  const { file, message } = problem;
  if (problem.line === undefined) return new Stopped("config_missing", message);
  return new Stopped("config_unreadable", `${file}:${problem.line}: ${message}`, line - 1);
}
