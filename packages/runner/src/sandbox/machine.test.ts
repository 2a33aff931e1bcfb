import { expect, test } from "vitest";
import { buildUsers, prepareMachine, sandboxParts } from "./machine.ts";

test("a machine that can give every part of a sandbox misses none", async () => {
  const { machine, missing } = await prepareMachine(buildUsers);
  expect(missing).toEqual([]);
  expect([...(machine?.parts ?? [])]).toEqual(sandboxParts);
});

// The largest number is no user's: nobody can become it.
test.runIf(process.getuid?.() === 0)("what it can't give is named, and the rest is still tried", async () => {
  const { machine, missing } = await prepareMachine([4_294_967_295, 4_294_967_295]);
  expect(missing).toEqual([expect.stringMatching(/^builds can't run as a user of their own: bwrap: /)]);
  expect(machine?.parts).toEqual(new Set(sandboxParts.slice(1)));
  expect(machine?.users).toBeNull();
});
