import { readFile } from "node:fs/promises";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { deployPolicy, trustPolicy } from "@branchline/aws/role";
import type { LocalAws } from "./aws.ts";

/** Ours, which may only assume roles, and two customers'. */
export const accounts = { platform: "111122223333", staging: "222233334444", prod: "555566667777" } as const;

const userName = "branchline";
export const platformPrincipal = `arn:aws:iam::${accounts.platform}:user/${userName}`;

export type Identity = { accessKeyId: string; secretAccessKey: string };

/** A client's options as the root of an account: the emulator takes a 12-digit access key for it. */
export async function asRoot(aws: Pick<LocalAws, "endpoint" | "ca">, accountId: string) {
  return {
    region: "us-east-1",
    endpoint: aws.endpoint,
    credentials: { accessKeyId: accountId, secretAccessKey: "test" },
    requestHandler: { httpsAgent: { ca: await readFile(aws.ca) } },
  };
}

async function iamOf(aws: Pick<LocalAws, "endpoint" | "ca">, accountId: string): Promise<IAMClient> {
  return new IAMClient(await asRoot(aws, accountId));
}

/** The user that our worker is in AWS, whose only permission is to assume roles; its key is new with every start. */
export async function createPlatformIdentity(aws: Pick<LocalAws, "endpoint" | "ca">): Promise<Identity> {
  const iam = await iamOf(aws, accounts.platform);
  if (!(await exists(iam.send(new GetUserCommand({ UserName: userName }))))) {
    await iam.send(new CreateUserCommand({ UserName: userName }));
  }
  const policy = {
    Effect: "Allow",
    Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    Resource: "*",
  };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [policy] });
  await iam.send(new PutUserPolicyCommand({ UserName: userName, PolicyName: "assume-roles", PolicyDocument }));
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: userName }));
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  if (AccessKey?.AccessKeyId === undefined || AccessKey.SecretAccessKey === undefined) throw new Error("No access key");
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

export type DeployRole = {
  accountId: string;
  name: string;
  externalId: string;
  platformAccountId: string;
};

/**
 * What a customer's account holds after the quick-create template. A role of the same name gets the new external id.
 * @returns the role's ARN
 */
export async function createDeployRole(aws: Pick<LocalAws, "endpoint" | "ca">, role: DeployRole): Promise<string> {
  const principalArn = `arn:aws:iam::${role.platformAccountId}:user/${userName}`;
  const iam = await iamOf(aws, role.accountId);
  return await putRole(iam, role, trustPolicy({ principalArn, externalId: role.externalId }));
}

/** The customer takes the role away, with the policies in it. Sessions that it gave are over when they end. */
export async function deleteDeployRole(
  aws: Pick<LocalAws, "endpoint" | "ca">,
  { accountId, name: RoleName }: Pick<DeployRole, "accountId" | "name">,
): Promise<void> {
  const iam = await iamOf(aws, accountId);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}

/** The customer forbids a deploy role an action, whatever else it may do. */
export async function forbidAction(
  aws: Pick<LocalAws, "endpoint" | "ca">,
  { accountId, name: RoleName }: Pick<DeployRole, "accountId" | "name">,
  Action: string,
): Promise<void> {
  const Statement = [{ Effect: "Deny", Action, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const iam = await iamOf(aws, accountId);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: Action.replace(":", "-"), PolicyDocument }));
}

/** A role as careless customers make it: anybody in our account may assume it, whatever the external id. */
export async function createOpenRole(
  aws: Pick<LocalAws, "endpoint" | "ca">,
  role: Omit<DeployRole, "externalId">,
): Promise<string> {
  const principalArn = `arn:aws:iam::${role.platformAccountId}:user/${userName}`;
  const Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
  const Statement = [{ Effect: "Allow", Principal: { AWS: principalArn }, Action }];
  return await putRole(await iamOf(aws, role.accountId), role, { Version: "2012-10-17", Statement });
}

async function putRole(iam: IAMClient, role: { accountId: string; name: string }, trust: object): Promise<string> {
  const RoleName = role.name;
  const trustDocument = JSON.stringify(trust);
  const update = new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustDocument });
  if (!(await exists(iam.send(update)))) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustDocument }));
  }
  const PolicyDocument = JSON.stringify(deployPolicy())
    .replaceAll("$" + "{AWS::Partition}", "aws")
    .replaceAll("$" + "{AWS::AccountId}", role.accountId);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "deploy", PolicyDocument }));
  return `arn:aws:iam::${role.accountId}:role/${RoleName}`;
}

async function exists(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    throw error;
  }
}
