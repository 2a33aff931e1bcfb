import type { Arena } from "../arena.ts";
import type { Stream } from "../stream.ts";
import { judgeDoubles } from "./doubles.ts";
import { readFacts } from "./facts.ts";
import { type Fates, judgeFates } from "./fates.ts";
import { type Judgement, judgementOf } from "./judgement.ts";
import { judgeLines } from "./lines.ts";
import { type Happened, judgeRecoveries, type Recoveries } from "./recoveries.ts";
import { judgeSecrets } from "./secrets.ts";
import { judgeVerdicts, type Verdicts } from "./verdicts.ts";

export type Observation = {
  pushes: number;
  fates: Fates;
  doubles: Judgement;
  verdicts: Verdicts;
  recoveries: Recoveries;
  secrets: Judgement;
  lines: Judgement;
  falls: Judgement;
};

/** Holds the promises against what can be seen from outside. */
export async function observe(arena: Arena, stream: Stream, happened: readonly Happened[]): Promise<Observation> {
  const facts = await readFacts(arena, stream);
  const { histories, stacks, accepted, logs } = facts;
  const told = histories.flatMap(({ moments }) => moments.flatMap((moment) => moment.told));
  const succeeded = new Set(told.filter((one) => one.conclusion === "success").map((one) => one.deploymentId));
  return {
    pushes: stream.pushes.length,
    fates: judgeFates(histories),
    doubles: judgeDoubles(accepted, histories),
    verdicts: judgeVerdicts(accepted, histories, stacks),
    recoveries: judgeRecoveries(facts, happened),
    secrets: judgeSecrets(stream.canary, facts),
    lines: judgeLines(logs, succeeded),
    falls: judgementOf(arena.fallen.map((name) => `fell: the ${name} ended by itself`)),
  };
}
