import { setTimeout as pause } from "node:timers/promises";
import { pinCommit } from "@branchline/core/deployments/pin-commit";
import type { Work } from "@branchline/core/deployments/work";
import type { CommitFacts } from "@branchline/github";
import { type BuildPlan, checkout, readPlan, type StepExit } from "@branchline/runner";
import type { Parts } from "../parts.ts";
import { assertSucceeded } from "./build-phases.ts";
import { buildLimits } from "./limits.ts";
import { inPhase, type Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** The commit's files, by a token for this repository only that is gone before anything else runs; then what they ask for. */
export function checkoutPhase(run: Run): Promise<BuildPlan> {
  return inPhase(run, "checkout", async (firstLine) => {
    const { repository, baseDirectory, checkoutSubmodules: submodules } = run.work;
    if (!repository.isConnected) throw new Stopped("repository_removed");
    const commit = await commitOf(run);
    await run.log.say(`Check out ${repository.fullName} at ${commit.sha.slice(0, 7)} (${run.work.branch})`);
    await fetchCommit(run, commit.sha, firstLine);
    const plan = await readPlan(run.workspace, baseDirectory, { submodules });
    for (const note of plan.notes) await run.log.say(note);
    if (plan.problem !== null) throw problemOf(plan.problem, await run.log.nextLine());
    if (plan.cliRefusal !== null) throw new Stopped("cli_unsupported", plan.cliRefusal);
    return plan;
  });
}

async function commitOf({ parts, work }: Run): Promise<{ sha: string }> {
  if (work.commit !== null) return work.commit;
  const found = await commitToPin(parts, work);
  const commit = { sha: found.sha, message: found.message, author: found.authorName };
  await pinCommit(parts.db, work, { ...commit, authorLogin: found.authorLogin });
  work.commit = commit;
  await parts.doorbell.ring([{ name: "deployment.report", payload: { deploymentId: work.deploymentId } }]);
  return commit;
}

/** The branch's head, or the commit that somebody named: what is not on the branch may be anybody's, such as a fork's. */
async function commitToPin({ github }: Parts, { repository, branch, wantedCommit }: Work): Promise<CommitFacts> {
  const head = await github.findBranchHead({ ...repository, branch });
  if (head === null) throw new Stopped("commit_gone", `The branch ${branch} is not in the repository.`);
  if (wantedCommit === null) return head;
  const named = wantedCommit.slice(0, 7);
  const commit = await github.findCommit({ ...repository, sha: wantedCommit });
  if (commit === null)
    throw new Stopped("commit_gone", `No commit of the repository begins with ${named}, or more than one does.`);
  const beside = await github.countCommitsBetween({ ...repository, base: head.sha, head: commit.sha });
  if (beside !== 0) throw new Stopped("commit_not_on_branch", `Commit ${named} is not on the branch ${branch}.`);
  return commit;
}

/** GitHub's git servers may fail for a moment while its API answers. */
const pausesMs = [1_000, 5_000];

async function fetchCommit(run: Run, sha: string, firstLine: number): Promise<void> {
  const { parts, work, log, signal } = run;
  for (const pauseMs of [...pausesMs, null]) {
    const exit = await fetchOnce(run, sha);
    if (exit.kind === "exited" && exit.code === 0) return;
    await log.nextLine();
    const failureLine = log.failureLine(firstLine);
    if (exit.kind !== "exited")
      assertSucceeded(run, exit, { reason: "checkout_failed", limits: buildLimits(parts.env), failureLine });
    if ((await parts.github.findCommit({ ...work.repository, sha })) === null) throw await goneCommit(run, sha);
    if (pauseMs === null) throw new Stopped("checkout_failed", unfetched(run, sha), failureLine);
    await log.say("The fetch failed. It is tried again, with a new token.");
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

async function fetchOnce({ parts, work, sandbox, log, signal }: Run, sha: string): Promise<StepExit> {
  const { token, cloneUrl } = await parts.github.checkoutToken(work.repository);
  log.hide("the token of the checkout", [token]);
  const submodules = work.checkoutSubmodules;
  return checkout({ sandbox, cloneUrl, sha, token, submodules, output: log.output, signal, ...buildLimits(parts.env) });
}

function unfetched({ work }: Run, sha: string): string {
  return `Commit ${sha.slice(0, 7)}${work.checkoutSubmodules ? ", or one of its submodules," : ""} could not be fetched.`;
}

/** A branch that was pushed over has something newer; one that is gone has not. */
async function goneCommit({ parts, work }: Run, sha: string): Promise<Stopped> {
  const { repository, branch } = work;
  const gone = `Commit ${sha.slice(0, 7)} is no longer in the repository`;
  const head = await parts.github.findBranchHead({ ...repository, branch });
  if (head === null) return new Stopped("commit_gone", `${gone}, and neither is the branch ${branch}.`);
  return new Stopped("superseded", `${gone}: \`${branch}\` is at ${head.sha.slice(0, 7)} now.`);
}

function problemOf(problem: NonNullable<BuildPlan["problem"]>, line: number): Stopped {
  const { file, message } = problem;
  if (problem.line === undefined) return new Stopped("config_missing", message);
  return new Stopped("config_unreadable", `${file}:${problem.line}: ${message}`, line - 1);
}
