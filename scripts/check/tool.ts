import { join } from "node:path";
import { execa } from "execa";
import type { Outcome } from "./outcome.ts";
import { root } from "./root.ts";

/** Runs a tool of `node_modules/.bin` at the root; its exit code is the verdict, stdout and stderr in order the output. */
export async function runTool(name: string, args: readonly string[]): Promise<Outcome> {
  const bin = join(root, "node_modules/.bin");
  const ended = await execa(join(bin, name), args, {
    cwd: root,
    all: true,
    reject: false,
    stdin: "ignore",
    env: { PATH: `${bin}:${process.env.PATH ?? ""}`, NO_COLOR: "1", DO_NOT_TRACK: "1" },
  });
  return { ok: ended.exitCode === 0, output: ended.all };
}
