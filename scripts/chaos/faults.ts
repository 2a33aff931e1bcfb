import type { Machines } from "@branchline/testing/apps";
import type { World } from "@branchline/testing/world";
import { Redis } from "ioredis";
import type { Dice } from "./dice.ts";
import { pause } from "./pause.ts";

export type Fault = { name: string; at: number };

/** Longer than a lease. */
const frozenMs = 13_000;

export type FaultScene = { world: World; machines: Machines; dice: Dice };

const faults: Record<string, (scene: FaultScene) => Promise<void>> = {
  "a worker is killed": ({ machines, dice }) => machines.replaceWorker(dice.between(0, 1)),
  "a worker is frozen past its lease": async ({ machines, dice }) => {
    const thaw = machines.freezeWorker(dice.between(0, 1));
    await pause(frozenMs);
    thaw();
  },
  "a worker is restarted": ({ machines, dice }) => machines.restartWorker(dice.between(0, 1)),
  "the api is killed": ({ machines }) => machines.replaceApi(),
  "Redis forgets everything": async ({ world }) => {
    const client = new Redis(world.redisUrl);
    await client.flushall();
    client.disconnect();
  },
  "Redis is killed": ({ world }) => world.crash("valkey"),
  "Postgres is killed": ({ world }) => world.crash("postgres"),
};

/** Lets one of them happen, and settles when everything runs again. */
export async function letFail(scene: FaultScene): Promise<Fault> {
  const [first = "", ...others] = Object.keys(faults);
  const name = scene.dice.pick([first, ...others]);
  const at = Date.now();
  await faults[name]?.(scene);
  return { name, at };
}
