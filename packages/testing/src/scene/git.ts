import { execa } from "execa";

/** Runs git as a person: by that name, with no settings of the machine's user. @returns what it printed */
export async function git(directory: string, who: { name: string; email: string }, args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  };
  const { stdout } = await execa("git", args, { cwd: directory, env, extendEnv: false });
  return stdout.trim();
}

/** The address of a repository that lets this token in. */
export function cloneUrl(githubUrl: string, token: string, repository: string): string {
  const url = new URL(`${githubUrl}/${repository}.git`);
  url.username = "x-access-token";
  url.password = token;
  return url.href;
}
