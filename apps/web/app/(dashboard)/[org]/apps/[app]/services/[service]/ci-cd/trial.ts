type Push = { sha: string; branch: string; because: string | null };

type Trial = { kind: "branch" } | { kind: "commit"; push: Push } | { kind: "unknown_commit" };

/** Whether somebody tries a commit or a branch: seven hexadecimal digits or more are a commit, unless a branch is called so. */
export function trialOf(typed: string, pushes: readonly Push[]): Trial {
  if (!/^[0-9a-f]{7,40}$/i.test(typed) || pushes.some(({ branch }) => branch === typed)) return { kind: "branch" };
  const push = pushes.find(({ sha }) => sha.startsWith(typed.toLowerCase()));
  return push === undefined ? { kind: "unknown_commit" } : { kind: "commit", push };
}
