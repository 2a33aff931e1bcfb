/**
 * Settings under which git runs nothing that a repository brings: no hooks, no filters, no other protocols, no
 * submodules, no configuration from outside.
 */
export const hardened = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.http.allow=always"],
  ...["-c", "submodule.recurse=false", "-c", "core.fsmonitor=false", "-c", "core.symlinks=true"],
  ...["-c", "advice.detachedHead=false", "-c", "gc.auto=0"],
];

/** @throws Error for what git could take for an option, or for a name that somebody may move */
export function assertCommit(sha: string): void {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) throw new Error(`${JSON.stringify(sha)} is no commit`);
}

export const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_LFS_SKIP_SMUDGE: "1",
};

/**
 * A helper of git's that reads the token from a file, so that it is in no argument, variable or URL. It tells it to the
 * repository's own server alone, wherever git is led.
 */
export function credentialHelper(cloneUrl: string, tokenFile: string): string[] {
  const { origin } = new URL(cloneUrl);
  return ["-c", "credential.helper=", "-c", `credential.${origin}.helper=!f() { cat ${tokenFile}; }; f`];
}

export function credentialFile(token: string): string {
  return `username=x-access-token\npassword=${token}\n`;
}
