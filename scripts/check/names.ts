import { basename } from "node:path";
import { sourceFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const emptyWords = /(^|[-.])(util|utils|helper|helpers|(?<!package-)manager|common|data|info|process|misc)(?=[-.]|$)/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const longestFile = 300;

/** What is wrong with the name of a file, as sentences. */
export function namingFaults(path: string): string[] {
  const parts = path.split("/");
  const word = parts.map((part) => emptyWords.exec(part)?.[2]).find((each) => each !== undefined);
  const name = basename(path);
  return [
    ...(word === undefined ? [] : [`${path}: "${word}" says nothing about what is inside`]),
    ...(kebab.test(name) || isGivenBySomeTool(name) ? [] : [`${path}: file names are kebab-case`]),
  ];
}

/** Names that git, Next.js or npm give, such as `.gitignore` or `[...all]`. */
function isGivenBySomeTool(name: string): boolean {
  return name.startsWith(".") || name.startsWith("[");
}

/** Whether a file is longer than a person reads at once. */
export function lengthFaults(path: string, text: string): string[] {
  const lines = text.replace(/\n$/, "").split("\n").length;
  return lines > longestFile ? [`${path}: ${lines} lines; at most ${longestFile}`] : [];
}

/** Names and lengths of every file of ours. */
export async function checkNames(): Promise<Outcome> {
  const files = await sourceFiles(root);
  const texts = await textsOf(root, files);
  return outcomeOf([...files.flatMap(namingFaults), ...[...texts].flatMap(([path, text]) => lengthFaults(path, text))]);
}
