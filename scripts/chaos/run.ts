import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sayStep, step } from "../demo/steps.ts";
import { type Arena, openArena } from "./arena.ts";
import type { Place } from "./faults/fault.ts";
import { faultOf, faults } from "./faults/faults.ts";
import { judgeFates } from "./observer/fates.ts";
import { type History, readHistories } from "./observer/histories.ts";
import { observe } from "./observer/observe.ts";
import type { Happened } from "./observer/recoveries.ts";
import { unended } from "./observer/verdicts.ts";
import type { ChaosOptions } from "./options.ts";
import { type Plan, planOf } from "./plan.ts";
import { report } from "./report.ts";
import { services } from "./services.ts";
import { type Stream, startStream } from "./stream.ts";

const firstMs = 300_000;
/** After the last push and fault: what no webhook told of is found within five minutes, and then deployed. */
const settleMs = 420_000;

/** Pushes and faults for a while, then the observer's judgement. @returns the exit code */
export async function runChaos(options: ChaosOptions, stopAsked: AbortSignal): Promise<number> {
  const hands = { inside: Object.keys(faults.inside), outside: Object.keys(faults.outside) };
  const plan = planOf(options, services, hands);
  const directory = await mkdtemp(join(tmpdir(), "chaos-world-"));
  const arena = await openArena(directory, stopAsked);
  let isKept = false;
  try {
    isKept = await wreak(options, plan, arena);
  } finally {
    await arena.close();
    if (isKept || stopAsked.aborted) await rm(directory, { recursive: true, force: true });
    else console.log(`What was left behind is in ${directory}`);
  }
  return isKept ? 0 : 1;
}

async function wreak(options: ChaosOptions, plan: Plan, arena: Arena): Promise<boolean> {
  const stream = await startStream(arena);
  try {
    await stream.push(services);
    await step("Every service's first deployment", () => settle(arena, stream, firstMs));
    const startedAt = Date.now();
    const happened: Happened[] = [];
    const hands = Object.values(plan.faults).map((hand) => failBy(hand, startedAt, arena, happened));
    await Promise.all([pushBy(plan.pushes, startedAt, arena, stream), ...hands]);
    await step("Everything comes to rest", () => settle(arena, stream, settleMs));
    if (arena.stopAsked.aborted) return false;
    return report(options, happened, await observe(arena, stream, happened));
  } finally {
    await stream.remove();
  }
}

async function pushBy(pushes: Plan["pushes"], startedAt: number, arena: Arena, stream: Stream): Promise<void> {
  for (const { atMs, commits } of pushes) {
    await arena.pause(startedAt + atMs - Date.now());
    if (arena.stopAsked.aborted) return;
    for (const changed of commits) await stream.push(changed);
  }
}

async function failBy(
  hand: Plan["faults"][string],
  startedAt: number,
  arena: Arena,
  happened: Happened[],
): Promise<void> {
  for (const { atMs, name, dice } of hand) {
    await arena.pause(startedAt + atMs - Date.now());
    if (arena.stopAsked.aborted) return;
    const { reach, cause } = faultOf(name);
    const from = Date.now();
    const place = dice.pick<Place>([0, 1]);
    await cause(arena, dice, place);
    happened.push({ name, reach, place, from, until: Date.now() });
    sayStep(`… ${name}`, Date.now() - from);
  }
}

/** Asks until nothing is lost or under way any more, or for as long as it may take. */
async function settle({ world, stopAsked, pause }: Arena, stream: Stream, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  const isOver = () => stopAsked.aborted || Date.now() > end;
  while (!isAtRest(await readHistories(world, stream)) && !isOver()) await pause(2_000);
}

function isAtRest(histories: readonly History[]): boolean {
  return judgeFates(histories).lost === 0 && histories.flatMap(unended).length === 0;
}
