import { readTitle } from "../test/claims.ts";
import { awaited, type Row, required } from "../test/required.ts";
import { sourceFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const quoted = /(["'`])((?:threat|fault)s? (?:(?!\1).)+)\1/g;

/** The rows of the threat model and of the fault table that titles in a test's text carry. */
export function rowsIn(text: string): Row[] {
  return [...text.matchAll(quoted)].flatMap(([, , title = ""]) => {
    const read = readTitle(title);
    return read === null ? [] : read.numbers.map((number): Row => `${read.kind} ${number}`);
  });
}

/** Every required row has a test or is awaited, and never both. */
export async function checkClaims(): Promise<Outcome> {
  const tests = (await sourceFiles(root)).filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith("scripts/"));
  const texts = await textsOf(root, tests);
  const tested = new Set([...texts.values()].flatMap(rowsIn));
  return outcomeOf([
    ...required.filter((row) => !tested.has(row) && !awaited.includes(row)).map((row) => `${row} has no test`),
    ...awaited
      .filter((row) => tested.has(row))
      .map((row) => `${row} has a test: strike it in scripts/test/required.ts`),
  ]);
}
