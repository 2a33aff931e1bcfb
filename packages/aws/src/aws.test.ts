import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setDefaultCACertificates } from "node:tls";
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import { type LocalAws, startAws } from "@branchline/testing/aws";
import {
  accounts,
  createDeployRole,
  createOpenRole,
  createPlatformIdentity,
  platformPrincipal,
} from "@branchline/testing/aws-accounts";
import { type AwsGate, startAwsGate, throttling, tooLong } from "@branchline/testing/aws-gate";
import { freePort } from "@branchline/testing/ports";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { AssumeRoleInput, AwsCredentials } from "./assume-role.ts";
import { type Aws, AwsUnavailable, createAws, type RoleProbe } from "./index.ts";
import { readingPolicy, roleTemplate } from "./role/index.ts";

const region = "us-east-1";
const externalId = randomUUID();
const staging = { accountId: accounts.staging, platformAccountId: accounts.platform };
let directory: string;
let emulator: LocalAws;
let gate: AwsGate;
let aws: Aws;

beforeEach(() => gate.refuseWith(() => null));
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "branchline-aws-"));
  emulator = await startAws({ directory, port: await freePort(0), logFile: join(directory, "log") });
  setDefaultCACertificates([await readFile(emulator.ca, "utf8")]);
  const { accessKeyId, secretAccessKey } = await createPlatformIdentity(emulator);
  gate = await startAwsGate(emulator);
  vi.stubEnv("AWS_ENDPOINT_URL", gate.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
  aws = createAws({ region });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await gate?.stop();
  await emulator.stop();
  await rm(directory, { recursive: true, force: true });
});

const asking = (roleArn: string): AssumeRoleInput => ({
  roleArn,
  externalId,
  sessionName: "branchline-acme-42",
  sourceIdentity: "branchline-42",
  policy: undefined,
  tags: { "branchline:deployment": "42" },
  durationSeconds: 900,
});

async function assumed(roleArn: string): Promise<AwsCredentials> {
  const answer = await aws.assumeRole(asking(roleArn));
  if (answer.kind === "denied") throw new Error(answer.message);
  return answer.credentials;
}

async function proven(roleArn: string, expectedAccountId: string = accounts.staging) {
  return outcomesOf(aws.proveRole({ roleArn, externalId, region, expectedAccountId }));
}

async function outcomesOf(probes: AsyncIterable<RoleProbe>): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for await (const { probe, outcome } of probes) outcomes[probe] = outcome;
  return outcomes;
}

/** As the customer, in the customer's account. */
const customer = () =>
  new CloudFormationClient({ region, credentials: { accessKeyId: accounts.staging, secretAccessKey: "test" } });

async function stackAtRest(credentials: AwsCredentials, name: string) {
  return vi.waitFor(
    async () => {
      const stack = await aws.findStack(credentials, region, name);
      expect(stack?.status).not.toMatch(/_IN_PROGRESS$/);
      return stack;
    },
    { timeout: 20_000, interval: 100 },
  );
}

test("our identity is known", async () => {
  expect(await aws.platformIdentity()).toEqual({ accountId: accounts.platform, arn: platformPrincipal });
});

test("a role with the external id in its trust policy passes all four probes", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "proper", externalId });
  expect(await proven(roleArn)).toEqual({
    assumes: "passed",
    refused_without_external_id: "passed",
    refused_with_wrong_external_id: "passed",
    account: "passed",
  });
});

test("threat 10: a role that opens to anybody who knows its ARN: two probes fail, so nothing deploys with it", async () => {
  const roleArn = await createOpenRole(emulator, { ...staging, name: "open" });
  expect(await proven(roleArn)).toMatchObject({
    assumes: "passed",
    refused_without_external_id: "failed",
    refused_with_wrong_external_id: "failed",
  });
});

test("a role of another account than was said fails the account's probe", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "elsewhere", externalId });
  expect(await proven(roleArn, accounts.prod)).toMatchObject({ assumes: "passed", account: "failed" });
});

test("threat 12: a role of our own account that got past every form: refused before AWS is asked for it", async () => {
  const own = { accountId: accounts.platform, platformAccountId: accounts.platform };
  const roleArn = await createDeployRole(emulator, { ...own, name: "own", externalId });
  const before = gate.asked.length;
  expect(await aws.assumeRole(asking(roleArn))).toMatchObject({ kind: "denied", code: "OwnAccount" });
  expect(gate.asked).toHaveLength(before);
});

test("fault 32: a role that allows a shorter session than is wished is assumed for 3,600 seconds, and else for 900", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "short", externalId });
  for (const allowed of [3_600, 900]) {
    gate.asked.length = 0;
    gate.refuseWith((form) => (Number(form.get("DurationSeconds")) > allowed ? tooLong : null));
    const answer = await aws.assumeRole({ ...asking(roleArn), durationSeconds: 7_200 });
    expect(answer.kind).toBe("assumed");
    const tried = [7_200, 3_600, 900].filter((seconds) => seconds >= allowed);
    expect(gate.asked.map((form) => Number(form.get("DurationSeconds")))).toEqual(tried);
  }
  gate.refuseWith(() => tooLong);
  expect(await aws.assumeRole(asking(roleArn))).toMatchObject({ kind: "denied", code: "ValidationError" });
});

test("fault 29: AWS that throttles is asked four times at the most, and then counts as unavailable, not as a denial", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "throttled", externalId });
  const times: number[] = [];
  let throttled = 2;
  gate.refuseWith(() => (times.push(Date.now()) <= throttled ? throttling : null));
  expect((await aws.assumeRole(asking(roleArn))).kind).toBe("assumed");
  times.length = 0;
  throttled = Number.POSITIVE_INFINITY;
  await expect(aws.assumeRole(asking(roleArn))).rejects.toThrow(AwsUnavailable);
  expect(times).toHaveLength(4);
});

test("threat 14: a session of packaging, taken by a plugin: it reads what the role may read, and changes nothing", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "reading", externalId });
  const answer = await aws.assumeRole({ ...asking(roleArn), policy: readingPolicy() });
  if (answer.kind === "denied") throw new Error(answer.message);
  expect(await aws.findStack(answer.credentials, region, "nothing")).toBeNull();
  const stacks = new CloudFormationClient({ region, credentials: answer.credentials });
  const TemplateBody = JSON.stringify({ Resources: { Notes: { Type: "AWS::SQS::Queue" } } });
  const create = () => stacks.send(new CreateStackCommand({ StackName: "taken", TemplateBody }));
  await expect(create()).rejects.toThrow(/not authorized|AccessDenied/);
  const whole = await assumed(roleArn);
  const deploying = new CloudFormationClient({ region, credentials: whole });
  await deploying.send(new CreateStackCommand({ StackName: "taken", TemplateBody }));
});

test("a role that is not there is denied, which is not an outage", async () => {
  const answer = await aws.assumeRole(asking(`arn:aws:iam::${accounts.staging}:role/nobody`));
  expect(answer).toMatchObject({ kind: "denied" });
});

test("no answer is neither a denial nor an absence, and proves nothing", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", `https://127.0.0.1:${await freePort(0)}`);
  const unreachable = createAws({ region, maxAttempts: 1 });
  onTestFinished(() => void vi.stubEnv("AWS_ENDPOINT_URL", gate.endpoint));
  const roleArn = `arn:aws:iam::${accounts.staging}:role/any`;
  await expect(unreachable.assumeRole(asking(roleArn))).rejects.toThrow(AwsUnavailable);
  const input = { roleArn, externalId, region, expectedAccountId: accounts.staging };
  const outcomes = Object.values(await outcomesOf(unreachable.proveRole(input)));
  expect(outcomes).toEqual(["unanswered", "unanswered", "unanswered", "unanswered"]);
});

test("the template behind Create role in AWS makes a role that passes all four probes", async () => {
  await customer().send(
    new CreateStackCommand({
      StackName: "branchline-role",
      TemplateBody: JSON.stringify(roleTemplate()),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: Object.entries({
        RoleName: "from-template",
        PrincipalArn: platformPrincipal,
        ExternalId: externalId,
      }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    }),
  );
  const roleArn = `arn:aws:iam::${accounts.staging}:role/from-template`;
  await vi.waitFor(async () => expect(new Set(Object.values(await proven(roleArn)))).toEqual(new Set(["passed"])), {
    timeout: 20_000,
    interval: 200,
  });
  // The policy that came with it suffices to look at stacks.
  const stack = await aws.findStack(await assumed(roleArn), region, "branchline-role");
  expect(stack?.outputs).toEqual({ RoleArn: roleArn });
});

test("a stack is found with its tags and outputs, its events come oldest first, and a stack that is gone is absent", async () => {
  const roleArn = await createDeployRole(emulator, { ...staging, name: "stacks", externalId });
  const credentials = await assumed(roleArn);
  expect(await aws.callerIdentity(credentials, region)).toMatchObject({ accountId: accounts.staging });
  expect(await aws.findStack(credentials, region, "notes-staging")).toBeNull();

  const template = {
    Resources: { Notes: { Type: "AWS::SQS::Queue" } },
    Outputs: { Url: { Value: { Ref: "Notes" } } },
  };
  await customer().send(
    new CreateStackCommand({
      StackName: "notes-staging",
      TemplateBody: JSON.stringify(template),
      Tags: [{ Key: "branchline:deployment", Value: "42" }],
    }),
  );
  const stack = await stackAtRest(credentials, "notes-staging");
  expect(stack).toMatchObject({ status: "CREATE_COMPLETE", tags: { "branchline:deployment": "42" } });
  expect(Object.keys(stack?.outputs ?? {})).toEqual(["Url"]);

  const stackId = stack?.stackId ?? "";
  const events = await aws.listStackEvents(credentials, region, stackId, { after: null });
  const times = events.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toContain("Notes CREATE_COMPLETE");
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  const [first, ...others] = events;
  expect(await aws.listStackEvents(credentials, region, stackId, { after: first?.eventId ?? "" })).toEqual(others);
  expect(await aws.findLastEvent(credentials, region, "notes-staging")).toBe(events.at(-1)?.eventId);
  expect(await aws.findLastEvent(credentials, region, "nobody-staging")).toBeNull();

  await customer().send(new DeleteStackCommand({ StackName: "notes-staging" }));
  await vi.waitFor(async () => expect(await aws.findStack(credentials, region, "notes-staging")).toBeNull(), {
    timeout: 20_000,
    interval: 100,
  });
});
