import { impureLeaves, impureRules, runtimeImports } from "./architecture/closure.ts";
import { importViolations, readImports, type Violation } from "./architecture/cruise.ts";
import { deepImports } from "./architecture/relative.ts";
import { wordViolations } from "./architecture/words.ts";
import { sourceFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const read = /^(apps|packages)\/.*\.(ts|tsx)$/;
const generated = /(^|\/)(generated|\.next)\/|\.d\.ts$/;

/**
 * Every broken rule of the house in the repository at `at`, whose files are `paths`.
 * A file that dependency-cruiser did not read is a violation, too: a reader that reads nothing finds nothing.
 */
export async function architectureViolations(at: string, paths: readonly string[]): Promise<Violation[]> {
  const code = paths.filter((path) => read.test(path) && !generated.test(path));
  const [result, texts] = await Promise.all([readImports(at), textsOf(at, code)]);
  const edges = runtimeImports(result);
  const isLeaf = (file: string) => startsWith(texts, file, "use client");
  const isAction = (file: string) => startsWith(texts, file, "use server");
  return [
    ...unread([...texts.keys()], edges),
    ...importViolations(result),
    ...impureRules(edges),
    ...impureLeaves(edges, isLeaf, isAction),
    ...deepImports(result),
    ...wordViolations(texts),
  ];
}

/** The rooms of this repository. */
export async function checkArchitecture(): Promise<Outcome> {
  const violations = await architectureViolations(root, await sourceFiles(root));
  return outcomeOf(violations.map((each) => `${each.file}\n  ${each.rule}: ${each.why}`));
}

function unread(files: readonly string[], edges: ReadonlyMap<string, unknown>): Violation[] {
  if (files.length === 0) return [{ rule: "everything-is-read", file: ".", why: "no file of ours was found" }];
  return files
    .filter((file) => !edges.has(file))
    .map((file) => ({ rule: "everything-is-read", file, why: "dependency-cruiser did not read it" }));
}

function startsWith(texts: ReadonlyMap<string, string>, file: string, directive: string): boolean {
  return new RegExp(`^(\\s|/\\*[\\s\\S]*?\\*/|//[^\\n]*\\n)*["']${directive}["']`).test(texts.get(file) ?? "");
}
