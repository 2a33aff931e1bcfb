import { type Judgement, judgementOf } from "./judgement.ts";

/** P5: what a build printed of its secret is in no log and in no file, and it did print it. */
export function judgeSecrets(
  canary: string,
  { logs, files }: { logs: ReadonlyMap<string, string>; files: ReadonlyMap<string, string> },
): Judgement {
  const spilled = [...logs, ...files].filter(([, text]) => text.includes(canary));
  const isProven = [...logs.values()].some((log) => log.includes("The secret is"));
  return judgementOf([
    ...spilled.map(([place]) => `secret: it can be read in ${place}`),
    ...(isProven ? [] : ["secret: no build printed it, so nothing is shown"]),
  ]);
}
