import { expect, test } from "vitest";
import { gather } from "./gather.ts";

/** What is sent stays under way until the test lets it go. */
function sender() {
  const sent: ({ items: string[] } & PromiseWithResolvers<void>)[] = [];
  const send = (items: string[]) => {
    const one = { items, ...Promise.withResolvers<void>() };
    sent.push(one);
    return one.promise;
  };
  const isOfOne = (error: unknown) => error === "of one";
  const add = gather({ send, isOfOne, bytesOf: (item) => item.length, itemsMax: 3, bytesMax: 10 });
  return {
    add,
    turn: () => new Promise<void>((resolve) => setImmediate(resolve)),
    groups: () => sent.map(({ items }) => items),
    arrive: (index: number) => sent[index]?.resolve(),
    fail: (index: number, error: string) => sent[index]?.reject(error),
  };
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

test("one that can't be sent keeps no other from it, and where nothing can be sent nothing waits to find that out itself", async () => {
  const { add, turn, groups, arrive, fail } = sender();
  const outcomeOf = (item: string) => add(item).then(() => "sent", String);
  const outcomes = ["a", "b"].map(outcomeOf);
  await turn();
  outcomes.push(outcomeOf("c"));
  fail(0, "of one");
  await turn();
  fail(1, "of one");
  arrive(2);
  await turn();
  expect(groups()).toEqual([["a", "b"], ["a"], ["b"], ["c"]]);
  outcomes.push(outcomeOf("d"));
  fail(3, "away");
  expect(await Promise.all(outcomes)).toEqual(["of one", "sent", "away", "away"]);
  void add("e");
  await turn();
  expect(groups().at(-1)).toEqual(["e"]);
});
