import { expect, test } from "vitest";
import { defaultLimits } from "../limits/limits.ts";
import { buildUsers, prepareMachine, sandboxParts } from "./machine.ts";

const rest = { limits: defaultLimits, reserveBytes: 0 };

test("a machine that can give every part of a sandbox misses none", async () => {
  const { machine, missing } = await prepareMachine({ users: buildUsers, ...rest });
  expect(missing).toEqual([]);
  expect([...(machine?.parts ?? [])]).toEqual(sandboxParts);
});

// The largest number is no user's: nobody can become it.
test.runIf(process.getuid?.() === 0)("what it can't give is named, and the rest is still tried", async () => {
  const { machine, missing } = await prepareMachine({ users: [4_294_967_295, 4_294_967_295], ...rest });
  expect(missing).toEqual([expect.stringMatching(/^builds can't run as a user of their own: bwrap: /)]);
  expect(machine?.parts).toEqual(new Set(sandboxParts.slice(1)));
  expect(machine?.users).toBeNull();
});
