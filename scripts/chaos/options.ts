import { parseArgs } from "node:util";

export type ChaosOptions = { minutes: number; seed: number };

/** What follows `npm run chaos --`. @throws Error for what is no number */
export function readOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({ args, options: { minutes: { type: "string" }, seed: { type: "string" } } });
  const minutes = Number(values.minutes ?? 5);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (!(minutes > 0) || !Number.isInteger(seed))
    throw new Error("--minutes is a number above 0, --seed a whole number");
  return { minutes, seed };
}
