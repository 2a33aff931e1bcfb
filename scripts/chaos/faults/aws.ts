import { accounts } from "@branchline/testing/aws-accounts";
import type { AwsMood } from "@branchline/testing/aws-door";
import { stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { until } from "@branchline/testing/until";
import { services, stackNameOf } from "../services.ts";
import type { Cause } from "./fault.ts";

export function upsetAws(mood: AwsMood): Cause {
  return async ({ wires, pause }, dice) => {
    for (const { aws } of wires) aws.become(mood);
    await pause(dice.between(4_000, 9_000));
    for (const { aws } of wires) aws.become("usual");
  };
}

/** Somebody adds a resource by hand, which takes a while; nothing happens while the stack is being deployed. */
export const changeStackByHand: Cause = async ({ world, pause }, dice) => {
  const stack = await stacksOf(world.aws, accounts.staging, stackNameOf(dice.pick(services)));
  const logicalId = `ByHand${dice.between(1, 1_000_000)}`;
  const isTaken = await stack.add({ [logicalId]: waitCondition }).then(
    () => true,
    () => false,
  );
  if (!isTaken) return;
  await pause(dice.between(4_000, 12_000));
  // The emulator executes a change set also while another change waits, and ends both with it.
  await stack.signal(logicalId, "SUCCESS").catch(async (error: unknown) => {
    if ((await stack.status())?.endsWith("_IN_PROGRESS")) throw error;
  });
  await until("the change by hand is over", 60_000, async () => {
    return (await stack.status())?.endsWith("_IN_PROGRESS") ? null : true;
  });
};
