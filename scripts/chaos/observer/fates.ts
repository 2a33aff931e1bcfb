import { explain } from "@branchline/core/deployments/reasons";
import type { History, Moment, Told } from "./histories.ts";

/** What a push came to, for a service that it changed. */
export type Fate = "deployed" | "superseded" | "explained" | "lost";

export type Fates = Record<Fate, number> & { sentences: string[] };

/** P1: every push is deployed, superseded or explained. That we failed ourselves explains nothing. */
export function judgeFates(histories: readonly History[]): Fates {
  const fates: Fates = { deployed: 0, superseded: 0, explained: 0, lost: 0, sentences: [] };
  for (const { service, moments } of histories) {
    for (const [index, { push, told }] of moments.entries()) {
      if (!push.changed.includes(service)) continue;
      const fate = fateOf(moments.slice(index));
      fates[fate] += 1;
      if (fate === "explained" || fate === "lost")
        fates.sentences.push(`${fate}: ${service} at ${push.sha.slice(0, 7)}: ${wordsOf(told)}`);
    }
  }
  return fates;
}

/** A later push of the branch holds whatever an earlier one changed, so its end is the earlier one's too. */
function fateOf([own, ...later]: Moment[]): Fate {
  if (own?.told.some(isSuccess)) return "deployed";
  if (later.some(({ told }) => told.some(isSuccess))) return "superseded";
  if (own?.told.some(isExplained)) return "explained";
  return later.some(({ told }) => told.some(isExplained)) ? "superseded" : "lost";
}

const isSuccess = ({ conclusion }: Told) => conclusion === "success";

const isExplained = ({ conclusion, summary }: Told) =>
  conclusion === "failure" && !summary.includes(explain("internal").sentence);

function wordsOf(told: readonly Told[]): string {
  return told.map(({ summary }) => summary.split("\n")[0] ?? "").join("; ") || "GitHub was told nothing";
}
