import { execa } from "execa";
import { checkMutations } from "./check/mutations.ts";
import { root } from "./check/root.ts";
import { stopSignal } from "./demo/signals.ts";
import { mutations } from "./mutations/all.ts";
import { tryMutation } from "./mutations/try.ts";

/** Switches each guard off, one after another, and shows whether its test notices. With a number: only that row's. */
const number = process.argv[2];
const stopAsked = stopSignal();

const { stdout: changed } = await execa("git", ["status", "--porcelain"], { cwd: root });
const found = await checkMutations();
if (changed !== "") refuse(`Commit or stash first: a guard is switched off in place.\n${changed}`);
if (!found.ok) refuse(found.output);

const rows: { row: string; file: string; changed: string; verdict: string }[] = [];
for (const mutation of mutations.filter(({ row }) => number === undefined || row.endsWith(` ${number}`))) {
  if (stopAsked.aborted) break;
  const verdict = await tryMutation(mutation, stopAsked);
  if (!stopAsked.aborted) rows.push({ row: mutation.row, file: mutation.file, changed: mutation.from, verdict });
}
console.table(rows);
process.exitCode = rows.length > 0 && rows.every(({ verdict }) => verdict === "caught") && !stopAsked.aborted ? 0 : 1;

function refuse(because: string): never {
  console.error(because);
  process.exit(1);
}
