import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { readBeneath } from "../workspace.ts";

const configFiles = ["yml", "yaml", "json", "ts", "mts", "js", "mjs", "cjs"].map((ending) => `serverless.${ending}`);

/** What stands between a repository and its deployment, with file and line where there is one. */
export type ConfigProblem = { file: string; line?: number; message: string };

export type Config = { file: string; text: string };

export type FoundConfig = { config: Config | null; problem: ConfigProblem | null };

/** The service's file, as the framework itself would find it; what is code is not looked into. */
export async function findConfig(root: string, directory: string): Promise<FoundConfig> {
  for (const file of configFiles) {
    const text = await readBeneath(root, join(directory, file));
    if (text !== null) return { config: { file, text }, problem: problemOf(join(directory, file), text) };
  }
  const where = directory === "" ? "the repository's root" : directory;
  const message = `There is no serverless.yml in ${where}.`;
  return { config: null, problem: { file: join(directory, "serverless.yml"), message } };
}

function problemOf(file: string, text: string): ConfigProblem | null {
  if (file.endsWith(".json")) return problemOfJson(file, text);
  if (!/\.ya?ml$/.test(file)) return null;
  const lineCounter = new LineCounter();
  // CloudFormation's own tags (!Ref, !Sub) are warnings of the parser, not errors.
  const [error] = parseDocument(text, { lineCounter, logLevel: "silent", prettyErrors: false }).errors;
  if (error === undefined) return null;
  return { file, line: lineCounter.linePos(error.pos[0]).line, message: error.message };
}

function problemOfJson(file: string, text: string): ConfigProblem | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return { file, line: text.slice(0, position).split("\n").length, message };
  }
}
