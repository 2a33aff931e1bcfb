import { randomUUID } from "node:crypto";
import type { AssumedRole, AssumeRoleInput, AwsCredentials, CallerIdentity } from "./assume-role.ts";
import { messageOf } from "./unavailable.ts";

export type RoleProbe = {
  probe: "assumes" | "refused_without_external_id" | "refused_with_wrong_external_id" | "account";
  /** "unanswered": AWS said neither yes nor no. */
  outcome: "passed" | "failed" | "unanswered";
  message: string;
};

export type ProveRoleInput = { roleArn: string; externalId: string; region: string; expectedAccountId: string };

export type RoleAsker = {
  assumeRole(input: AssumeRoleInput): Promise<AssumedRole>;
  callerIdentity(credentials: AwsCredentials, region: string): Promise<CallerIdentity>;
};

/**
 * The three probes against the confused deputy, and the account: the role must open with our external id, and must not
 * open without one or with another. A role that opens to anybody who knows its ARN is no connection.
 */
export async function* proveRole(aws: RoleAsker, input: ProveRoleInput): AsyncGenerator<RoleProbe> {
  const ask = (externalId: string | undefined) =>
    aws.assumeRole({
      roleArn: input.roleArn,
      externalId,
      sessionName: "branchline-test",
      // As a deployment asks, so that what was proven is what is needed.
      sourceIdentity: "branchline-test",
      tags: { "branchline:deployment": "test" },
      policy: undefined,
      durationSeconds: 900,
    });

  const assumed = await settled(ask(input.externalId));
  yield probeOf("assumes", assumed, "assumed", {
    passed: "The role is assumed with the external id.",
    failed: "AWS refused the role with the external id. Compare the role's trust policy with the profile's.",
  });
  yield probeOf("refused_without_external_id", await settled(ask(undefined)), "denied", {
    passed: "The role is refused without the external id.",
    failed: "The role opens without an external id. Add the condition on sts:ExternalId to its trust policy.",
  });
  yield probeOf("refused_with_wrong_external_id", await settled(ask(`branchline-${randomUUID()}`)), "denied", {
    passed: "The role is refused with a wrong external id.",
    failed: "The role opens with any external id. Make the condition in its trust policy equal to the profile's.",
  });
  yield await probeAccount(aws, input, assumed);
}

type Answer = AssumedRole | { kind: "unanswered"; message: string };

async function settled(asked: Promise<AssumedRole>): Promise<Answer> {
  return asked.catch((error: unknown) => ({ kind: "unanswered" as const, message: messageOf(error) }));
}

function probeOf(
  probe: RoleProbe["probe"],
  answer: Answer,
  wanted: "assumed" | "denied",
  texts: { passed: string; failed: string },
): RoleProbe {
  if (answer.kind === "unanswered") return { probe, outcome: "unanswered", message: answer.message };
  // A question that AWS calls malformed proves nothing about who may open the role.
  if (answer.kind === "denied" && wanted === "denied" && !answer.code.startsWith("AccessDenied")) {
    return { probe, outcome: "unanswered", message: answer.message };
  }
  if (answer.kind === wanted) return { probe, outcome: "passed", message: texts.passed };
  const detail = answer.kind === "denied" ? ` AWS said: ${answer.message}` : "";
  return { probe, outcome: "failed", message: `${texts.failed}${detail}` };
}

async function probeAccount(aws: RoleAsker, input: ProveRoleInput, assumed: Answer): Promise<RoleProbe> {
  const { expectedAccountId, region } = input;
  const probe = "account";
  if (assumed.kind !== "assumed") {
    return { probe, outcome: "unanswered", message: "The account is checked once the role can be assumed." };
  }
  try {
    const { accountId } = await aws.callerIdentity(assumed.credentials, region);
    if (accountId === expectedAccountId) return { probe, outcome: "passed", message: `The account is ${accountId}.` };
    const message = `The role opens account ${accountId}, and its ARN names ${expectedAccountId}. Correct the role ARN.`;
    return { probe, outcome: "failed", message };
  } catch (error) {
    return { probe, outcome: "unanswered", message: messageOf(error) };
  }
}
