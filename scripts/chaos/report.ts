import type { Observation } from "./observer/observe.ts";
import type { Happened } from "./observer/recoveries.ts";
import type { ChaosOptions } from "./options.ts";

/** Prints what happened and what became of it. @returns whether every promise was kept */
export function report({ minutes, seed }: ChaosOptions, happened: readonly Happened[], seen: Observation): boolean {
  const { fates, doubles, verdicts, recoveries, secrets, lines, falls } = seen;
  for (const { sentences } of [fates, doubles, verdicts, recoveries, secrets, lines, falls])
    for (const sentence of sentences) console.log(`  ${sentence}`);
  const byName = Map.groupBy(happened, ({ name }) => name);
  console.table(Object.fromEntries([...byName].map(([name, { length }]) => [name, length])));
  const { deployed, superseded, explained, lost } = fates;
  console.table({
    pushes: seen.pushes,
    deployed,
    superseded,
    explained,
    lost,
    doubled: doubles.broken,
    "wrong verdict": verdicts.broken,
    "longest verdict, s": seconds(verdicts.longestMs),
    "recoveries of a worker's work": recoveries.count,
    "longest recovery, s": seconds(recoveries.longestMs),
    "secrets spilled": secrets.broken,
    "logs with a line missing, twice or out of order": lines.broken,
    "programs that ended by themselves": falls.broken,
  });
  console.log(`--minutes ${minutes} --seed ${seed}`);
  return lost === 0 && [doubles, verdicts, recoveries, secrets, lines, falls].every(({ broken }) => broken === 0);
}

const seconds = (ms: number) => Number((ms / 1_000).toFixed(1));
