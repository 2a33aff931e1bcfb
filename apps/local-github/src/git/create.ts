import { git } from "./run.ts";

const SETTINGS = [
  ["http.receivepack", "true"],
  ["uploadpack.allowAnySHA1InWant", "true"],
  ["uploadpack.allowFilter", "true"],
  ["receive.hideRefs", "refs/pull"],
  ["core.logAllRefUpdates", "false"],
  ["gc.auto", "0"],
] as const;

/** Makes an empty bare repository that may be served; doing it again changes nothing. */
export async function createGitRepository(dir: string, defaultBranch: string): Promise<void> {
  await git(dir, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, dir]);
  for (const [key, value] of SETTINGS) await git(dir, ["config", key, value]);
}

export async function setDefaultBranch(dir: string, branch: string): Promise<void> {
  await git(dir, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
}
