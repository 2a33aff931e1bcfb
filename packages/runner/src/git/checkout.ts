import { inside } from "../sandbox/layout.ts";
import type { Output, Sandbox, StepExit } from "../sandbox/sandbox.ts";
import { assertCommit, credentialFile, credentialHelper, gitEnvironment, hardened } from "./hardened.ts";

export type CheckoutOptions = {
  sandbox: Sandbox;
  cloneUrl: string;
  /** What is checked out is the commit, never a name. */
  sha: string;
  token: string;
  /** Also what its .gitmodules names, at the commits that it names, from the same server. */
  submodules: boolean;
  output: Output;
  signal: AbortSignal;
  /** Of each of its steps. */
  timeoutMs: number;
  idleTimeoutMs: number;
};

/** The files of one commit, without history. The token lives in a file of one step, which ends before anything else runs. */
export async function checkout(options: CheckoutOptions): Promise<StepExit> {
  const { cloneUrl, sha, token } = options;
  assertCommit(sha);
  const tokenFile = `${inside.run}/token`;
  const withToken = (...argv: string[]) => ({
    argv: ["git", ...hardened, ...credentialHelper(cloneUrl, tokenFile), ...argv],
    files: { [tokenFile]: credentialFile(token) },
  });
  const steps: { argv: string[]; files?: Record<string, string> }[] = [
    { argv: ["git", "init", "--quiet"] },
    withToken("fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", cloneUrl, sha),
    { argv: ["git", ...hardened, "checkout", "--quiet", "--detach", sha] },
  ];
  if (options.submodules)
    steps.push(
      // What relative addresses are relative to.
      { argv: ["git", "config", "remote.origin.url", cloneUrl] },
      // --checkout: whatever other way of updating the repository asks for.
      withToken("submodule", "--quiet", "update", "--init", "--recursive", "--checkout", "--depth=1"),
    );
  let exit: StepExit = { kind: "exited", code: 0 };
  for (const step of steps) {
    exit = await runGit(options, step.argv, step.files ?? {});
    if (exit.kind !== "exited" || exit.code !== 0) return exit;
  }
  return exit;
}

function runGit(options: CheckoutOptions, argv: string[], files: Record<string, string>) {
  const { sandbox, cloneUrl, output, signal, timeoutMs, idleTimeoutMs } = options;
  const host = new URL(cloneUrl).hostname;
  return sandbox.run({
    argv,
    files,
    directory: "",
    // In development the git host is the worker's localhost, not the build's.
    environment: { ...gitEnvironment, NO_PROXY: "", no_proxy: "" },
    node: null,
    allow: [host],
    timeoutMs,
    idleTimeoutMs,
    output,
    signal,
  });
}
