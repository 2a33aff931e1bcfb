import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { execa } from "execa";
import { assertCommit, credentialFile, credentialHelper, gitEnvironment, hardened } from "./hardened.ts";

export type ChangedFiles = { kind: "files"; files: string[] } | { kind: "unknown"; because: string };

export type ChangedFilesOptions = {
  /** A bare repository of ours on disk, kept from one question to the next. */
  mirrorDirectory: string;
  cloneUrl: string;
  token: string;
  base: string;
  head: string;
};

/** The last question asked of each mirror: git refuses two fetches into one shallow repository at a time. */
const lastQuestions = new Map<string, Promise<ChangedFiles>>();

/**
 * The files that differ between two commits, by git itself: a webhook's own lists are cut short, or empty. Fetches both
 * commits without the contents of files. Questions about one mirror are answered one after the other.
 */
export async function listChangedFiles(options: ChangedFilesOptions): Promise<ChangedFiles> {
  const { mirrorDirectory } = options;
  const before = lastQuestions.get(mirrorDirectory);
  const answer = (before ?? Promise.resolve()).then(
    () => ask(options),
    () => ask(options),
  );
  lastQuestions.set(mirrorDirectory, answer);
  try {
    return await answer;
  } finally {
    if (lastQuestions.get(mirrorDirectory) === answer) lastQuestions.delete(mirrorDirectory);
  }
}

async function ask(options: ChangedFilesOptions): Promise<ChangedFiles> {
  const { mirrorDirectory, cloneUrl, base, head } = options;
  for (const sha of [base, head]) assertCommit(sha);
  const tokenFile = `${dirname(mirrorDirectory)}/${randomUUID()}.token`;
  await mkdir(mirrorDirectory, { recursive: true });
  await writeFile(tokenFile, credentialFile(options.token), { mode: 0o600 });
  const git = (...rest: string[]) =>
    execa("git", [...hardened, ...credentialHelper(cloneUrl, tokenFile), ...rest], {
      cwd: mirrorDirectory,
      env: { ...gitEnvironment, PATH: "/usr/local/bin:/usr/bin:/bin" },
      extendEnv: false,
      timeout: 120_000,
    });
  try {
    await git("init", "--quiet", "--bare");
    await git(
      "fetch",
      "--quiet",
      "--depth=1",
      "--no-tags",
      "--filter=blob:none",
      "--end-of-options",
      cloneUrl,
      base,
      head,
    );
    const { stdout } = await git("diff", "--name-only", "--no-renames", "-z", "--end-of-options", base, head);
    return { kind: "files", files: stdout.split("\0").filter((file) => file !== "") };
  } catch (error) {
    return { kind: "unknown", because: becauseOf(error) };
  } finally {
    await rm(tokenFile, { force: true });
  }
}

/** Git's own last line, without the address that it may hold. */
function becauseOf(error: unknown): string {
  const stderr = (error as { stderr?: unknown }).stderr;
  const line = typeof stderr === "string" ? stderr.trim().split("\n").at(-1) : undefined;
  return line === undefined || line === "" ? "git did not answer" : line.replace(/https?:\/\/\S+/g, "the repository");
}
