import type { LocalAws } from "./aws.ts";
import { accounts, createOpenRole, deleteDeployRole } from "./aws-accounts.ts";
import { type Stacks, waitCondition } from "./aws-stacks.ts";
import { until } from "./until.ts";

const stepMs = 60_000;

const policyOf = (role: string, PolicyName: string, Action: string) => ({
  Type: "AWS::IAM::Policy",
  Properties: {
    PolicyName,
    Roles: [role],
    PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
  },
});

export const settled = (stack: Pick<Stacks, "status">, wanted: string) =>
  until(`the stack is ${wanted}`, stepMs, async () => ((await stack.status()) === wanted ? true : null));

/**
 * Somebody changes a stack by hand, the change fails, and so does its rollback: an inline policy is not there any more when
 * its role was deleted, so it can't be set back. Leaves it in UPDATE_ROLLBACK_FAILED.
 * @param role of the staging account, and of this stack alone
 */
export async function stickRollback(
  aws: Pick<LocalAws, "endpoint" | "ca">,
  stack: Stacks,
  { role, logicalIds }: { role: string; logicalIds: readonly string[] },
): Promise<void> {
  const operator = { accountId: accounts.staging, name: role, platformAccountId: accounts.platform };
  const policies = (action: string) => Object.fromEntries(logicalIds.map((id) => [id, policyOf(role, id, action)]));
  await createOpenRole(aws, operator);
  await stack.add(policies("s3:GetObject"));
  await settled(stack, "UPDATE_COMPLETE");
  await stack.add({ ...policies("s3:PutObject"), Gate: { ...waitCondition, DependsOn: [...logicalIds] } });
  await until("the policies are changed", stepMs, async () => ((await stack.hasCome("Gate")) ? true : null));
  await deleteDeployRole(aws, operator);
  await stack.signal("Gate", "FAILURE");
  await settled(stack, "UPDATE_ROLLBACK_FAILED");
}
