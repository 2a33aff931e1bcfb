import { expect, test } from "vitest";
import { faultOf, faults } from "./faults/faults.ts";
import { planOf } from "./plan.ts";
import { services } from "./services.ts";

const hands = { inside: Object.keys(faults.inside), outside: Object.keys(faults.outside) };
/** What is told of a plan: its moments, its commits, its faults and what their dice will throw. */
const toldOf = (minutes: number, seed: number) => {
  const { pushes, faults: planned } = planOf({ minutes, seed }, services, hands);
  const throws = Object.values(planned)
    .flat()
    .map(({ atMs, name, dice }) => [atMs, name, dice.between(0, 1_000_000)]);
  return JSON.stringify([pushes, throws]);
};

test("the same seed plans the same pushes and the same faults, another seed others", () => {
  expect(toldOf(5, 7)).toBe(toldOf(5, 7));
  expect(toldOf(5, 8)).not.toBe(toldOf(5, 7));
});

test.each([7, 8, 9, 10])("five minutes of seed %i hold every fault of the table", (seed) => {
  const { faults: planned } = planOf({ minutes: 5, seed }, services, hands);
  for (const [hand, names] of Object.entries(hands)) {
    expect(new Set(planned[hand]?.map(({ name }) => name))).toEqual(new Set(names));
    for (const name of names) expect(faultOf(name).cause).toBeTypeOf("function");
  }
});
