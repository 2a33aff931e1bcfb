import type { Row } from "../test/required.ts";

/** One guard switched off: a line changed so that the test of its row must fail. Paths are relative to the root. */
export type Mutation = {
  row: Row;
  file: string;
  /** Stands exactly once in the file. */
  from: string;
  to: string;
  /** The test's file. */
  test: string;
  /** The test's own title, or the part of it that stands in the file. */
  title: string;
};

/** What keeps a mutation from being tried, as sentences. */
export function mutationFaults(mutation: Mutation, texts: ReadonlyMap<string, string>): string[] {
  const { row, file, from, to, test, title } = mutation;
  const times = (texts.get(file) ?? "").split(from).length - 1;
  return [
    ...(texts.has(file) && times === 1 ? [] : [`${row}: "${from}" stands ${times} times in ${file}, not once`]),
    ...(from === to ? [`${row}: "${from}" is not changed`] : []),
    ...((texts.get(test) ?? "").includes(title) ? [] : [`${row}: ${test} has no test "${title}"`]),
  ];
}
