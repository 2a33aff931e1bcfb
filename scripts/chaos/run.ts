import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Machines, startMachines } from "@branchline/testing/apps";
import { type Acme, setUpAcme } from "@branchline/testing/scene/acme";
import { startWorld, type World } from "@branchline/testing/world";
import { sayStep, step } from "../demo/steps.ts";
import { createDice, type Dice } from "./dice.ts";
import { type Fault, type FaultScene, letFail } from "./faults.ts";
import { type Observation, observe } from "./observer.ts";
import type { ChaosOptions } from "./options.ts";
import { pause } from "./pause.ts";
import { type Stream, startStream } from "./services.ts";

/** After the last push and fault. */
const settleMs = 300_000;
const recoveryMs = 15_000;

/** Pushes and faults for a while, then the observer's judgement. @returns the exit code */
export async function runChaos({ minutes, seed }: ChaosOptions): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "chaos-world-"));
  const world = await step("All servers", () => startWorld({ directory }));
  const machines = await step("Api and two workers", () => startMachines(world, { workers: 2 }));
  const acme = await setUpAcme(world);
  const stream = await startStream(world, acme);
  let isHeld = false;
  try {
    isHeld = await wreak({ minutes, seed }, { world, machines, acme, stream });
  } finally {
    await stream.remove();
    await acme.close();
    await machines.stop();
    await world.stop();
    if (isHeld) await rm(directory, { recursive: true, force: true });
    else console.log(`What the apps wrote is in ${world.logsDirectory}`);
  }
  return isHeld ? 0 : 1;
}

type Everything = { world: World; machines: Machines; acme: Acme; stream: Stream };

async function wreak({ minutes, seed }: ChaosOptions, { world, machines, acme, stream }: Everything): Promise<boolean> {
  const until = Date.now() + minutes * 60_000;
  // Two dice, so that how long a fault lasts changes no push.
  const [, faults] = await Promise.all([
    pushUntil(until, stream, createDice(seed)),
    failUntil(until, createDice(seed + 1), { world, machines }),
  ]);
  const seen = await step("Everything comes to rest", () => settle(world, stream));
  const longestMs = await longestRecovery(acme, faults);
  report({ minutes, seed }, { stream, faults, seen, longestMs });
  return isKept(seen) && longestMs <= recoveryMs;
}

async function pushUntil(until: number, stream: Stream, dice: Dice): Promise<void> {
  while (Date.now() < until) {
    // Now and then several at once, as after lunch.
    for (let burst = dice.between(1, 5) === 1 ? 3 : 1; burst > 0; burst -= 1) await stream.push(dice);
    await pause(dice.between(3_000, 9_000));
  }
}

async function failUntil(until: number, dice: Dice, scene: Omit<FaultScene, "dice">): Promise<Fault[]> {
  const faults: Fault[] = [];
  while (Date.now() < until) {
    await pause(dice.between(4_000, 12_000));
    faults.push(await letFail({ ...scene, dice }));
    sayStep(`… ${faults.at(-1)?.name}`, Date.now() - (faults.at(-1)?.at ?? 0));
  }
  return faults;
}

/** Asks until nothing is lost any more, or for as long as it may take. */
async function settle(world: World, stream: Stream): Promise<Observation> {
  const token = await world.github.token("ada");
  const end = Date.now() + settleMs;
  for (;;) {
    const seen = await observe(world, token, stream.pushes);
    if (isKept(seen) || Date.now() > end) return seen;
    await pause(2_000);
  }
}

function isKept({ lost, doubled, wrong }: Observation): boolean {
  return lost + doubled + wrong === 0;
}

/** From a worker's fault to the first line that another one wrote for what it had, at the longest. */
async function longestRecovery({ ctx }: Acme, faults: readonly Fault[]): Promise<number> {
  const chunks = await ctx.db.logChunk.groupBy({
    by: ["deploymentId", "epoch"],
    where: { deployment: { lostWorkers: { gt: 0 }, organizationId: ctx.organizationId }, epoch: { gt: 1 } },
    _min: { at: true },
  });
  const losses = faults.filter(({ name }) => name.startsWith("a worker is")).map(({ at }) => at);
  const waits = chunks.map(({ _min }) => {
    const resumed = Number(_min.at);
    return resumed - Math.max(...losses.filter((at) => at < resumed));
  });
  return Math.max(0, ...waits.filter(Number.isFinite));
}

type Outcome = { stream: Stream; faults: Fault[]; seen: Observation; longestMs: number };

function report({ minutes, seed }: ChaosOptions, { stream, faults, seen, longestMs }: Outcome): void {
  const { sentences, ...counts } = seen;
  for (const sentence of sentences) console.log(`  ${sentence}`);
  const happened = new Map<string, number>();
  for (const { name } of faults) happened.set(name, (happened.get(name) ?? 0) + 1);
  console.table(Object.fromEntries(happened));
  console.table({ pushes: stream.pushes.length, ...counts, "longest recovery, s": (longestMs / 1000).toFixed(1) });
  console.log(`--minutes ${minutes} --seed ${seed}`);
}
