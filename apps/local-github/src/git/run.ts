import { execa } from "execa";

/** git ended with another code than 0. */
class GitError extends Error {
  readonly exitCode: number | undefined;

  constructor(args: string[], exitCode: number | undefined, stderr: string) {
    super(`git ${args[0]} ended with ${exitCode}: ${stderr.trim()}`);
    this.name = "GitError";
    this.exitCode = exitCode;
  }
}

interface GitOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

interface GitResult {
  exitCode: number | undefined;
  stdout: Buffer;
  stderr: string;
}

/**
 * The environment of every git we start: nobody's configuration, no question asked, and not the repository
 * of a git hook that may have started us.
 */
export const GIT_ENV: Record<string, string | undefined> = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "safe.directory",
  GIT_CONFIG_VALUE_0: "*",
  LC_ALL: "C.UTF-8",
};

/** Runs git in a bare repository and hands back how it ended; never throws for an exit code. */
export async function tryGit(dir: string, args: string[], options: GitOptions = {}): Promise<GitResult> {
  const result = await execa("git", ["--git-dir", dir, ...args], {
    encoding: "buffer",
    reject: false,
    stripFinalNewline: false,
    env: { ...GIT_ENV, ...options.env },
    maxBuffer: 512 * 1024 * 1024,
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
  });
  return {
    exitCode: result.exitCode,
    stdout: Buffer.from(result.stdout ?? []),
    stderr: Buffer.from(result.stderr ?? []).toString("utf8"),
  };
}

/** Runs git and gives its output; throws GitError when it fails. */
export async function git(dir: string, args: string[], options: GitOptions = {}): Promise<Buffer> {
  const result = await tryGit(dir, args, options);
  if (result.exitCode !== 0) throw new GitError(args, result.exitCode, result.stderr);
  return result.stdout;
}

export async function gitLine(dir: string, args: string[], options: GitOptions = {}): Promise<string> {
  return (await git(dir, args, options)).toString("utf8").trim();
}
