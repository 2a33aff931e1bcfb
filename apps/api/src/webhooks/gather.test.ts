import { expect, test } from "vitest";
import { gather } from "./gather.ts";

/** What is sent stays under way until the test lets it go. */
function sender() {
  const sent: { items: string[]; arrive(): void }[] = [];
  const send = (items: string[]) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sent.push({ items, arrive: resolve });
    return promise;
  };
  const add = gather({ send, isOfOne: () => true, bytesOf: (item) => item.length, itemsMax: 3, bytesMax: 10 });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { add, turn, groups: () => sent.map(({ items }) => items), arrive: (index: number) => sent[index]?.arrive() };
}

test("what comes in one turn goes together, and what comes while it is on its way goes together after it", async () => {
  const { add, turn, groups, arrive } = sender();
  const first = [add("a"), add("b")];
  await turn();
  const second = [add("c"), add("d")];
  await turn();
  expect(groups()).toEqual([["a", "b"]]);
  arrive(0);
  await Promise.all(first);
  await turn();
  expect(groups()).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  arrive(1);
  await Promise.all(second);
  void add("e");
  await turn();
  expect(groups()).toHaveLength(3);
});

test("no group is larger than it may be, in number or in bytes, unless one alone is", async () => {
  const { add, turn, groups, arrive } = sender();
  for (const item of ["1", "2", "3", "4", "five", "six six", "seven is too long"]) void add(item);
  for (let group = 0; group < 4; group += 1) {
    await turn();
    arrive(group);
  }
  await turn();
  expect(groups()).toEqual([["1", "2", "3"], ["4", "five"], ["six six"], ["seven is too long"]]);
});
