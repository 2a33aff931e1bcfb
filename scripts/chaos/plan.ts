import { createDice, type Dice } from "./dice.ts";
import type { ChaosOptions } from "./options.ts";

/** What is pushed at a moment, each commit by itself: the services that it changes. */
export type PlannedPush = { atMs: number; commits: string[][] };
export type PlannedFault = { atMs: number; name: string; dice: Dice };
export type Plan = { pushes: PlannedPush[]; faults: Record<string, PlannedFault[]> };

const betweenPushes = [3_000, 9_000] as const;
const betweenFaults = [8_000, 16_000] as const;

/**
 * Everything that will be done, from the seed alone: however long a fault takes, it changes nothing of what follows.
 * @param hands faults by the hand that does them, one after the other; two hands may fall together
 */
export function planOf(
  { minutes, seed }: ChaosOptions,
  services: readonly [string, ...string[]],
  hands: Record<string, readonly string[]>,
): Plan {
  const endMs = minutes * 60_000;
  const pushDice = createDice(seed);
  const pushes = momentsUntil(endMs, betweenPushes, pushDice).map((atMs) => ({
    atMs,
    commits: commitsOf(pushDice, services),
  }));
  const faults = Object.entries(hands).map(([hand, names], place) => {
    const dice = createDice(seed + place + 1);
    const moments = momentsUntil(endMs, betweenFaults, dice);
    return [hand, dealt(moments, names, dice)] as const;
  });
  return { pushes, faults: Object.fromEntries(faults) };
}

function momentsUntil(endMs: number, [least, most]: readonly [number, number], dice: Dice): number[] {
  const moments: number[] = [];
  for (let atMs = dice.between(least, most); atMs < endMs; atMs += dice.between(least, most)) moments.push(atMs);
  return moments;
}

/** Now and then several at once, as after lunch. */
function commitsOf(dice: Dice, services: readonly [string, ...string[]]): string[][] {
  const count = dice.between(1, 5) === 1 ? 3 : 1;
  return Array.from({ length: count }, () => Array.from({ length: dice.between(1, 2) }, () => dice.pick(services)));
}

/** As from a pack of cards: each fault once before any comes again. */
function dealt(moments: number[], names: readonly string[], dice: Dice): PlannedFault[] {
  let pack: string[] = [];
  return moments.map((atMs) => {
    if (pack.length === 0) pack = [...names];
    const [name = ""] = pack.splice(dice.between(0, pack.length - 1), 1);
    return { atMs, name, dice: createDice(dice.between(0, 2 ** 31)) };
  });
}
