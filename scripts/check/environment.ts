import { committedFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const guide = "docs/self-hosting.md";

/** Variables that an `env.ts` parses and the operator's guide does not tell of. */
export function untoldVariables(file: string, text: string, told: string): string[] {
  const names = [...text.matchAll(/^\s+([A-Z][A-Z0-9_]{2,}):/gm)].map(([, name = ""]) => name);
  return [...new Set(names)]
    .filter((name) => !told.includes(`\`${name}\``))
    .map((name) => `${guide}: ${name} of ${file} is not told of`);
}

/** Every variable that an app reads stands in the guide for operators. */
export async function checkEnvironment(): Promise<Outcome> {
  const files = (await committedFiles(root)).filter((file) => /^apps\/(web|api|worker)\/(src\/)?env\.ts$/.test(file));
  const texts = await textsOf(root, [...files, guide]);
  const told = texts.get(guide) ?? "";
  const faults = files.flatMap((file) => untoldVariables(file, texts.get(file) ?? "", told));
  return outcomeOf(files.length === 0 ? ["no env.ts was found"] : faults);
}
