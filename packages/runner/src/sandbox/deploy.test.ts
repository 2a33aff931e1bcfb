import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LocalAws, startAws } from "@branchline/testing/aws";
import { accounts } from "@branchline/testing/aws-accounts";
import { stacksOf } from "@branchline/testing/aws-stacks";
import { freePort } from "@branchline/testing/ports";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCli } from "../plan/cli.ts";
import { readPlan } from "../plan/plan.ts";
import { createBench } from "../testing/bench.ts";
import { startCredentialBroker } from "./credential-broker.ts";
import { type DeployStepOptions, deployStep } from "./deploy-step.ts";
import { type Fact, startFactChannel } from "./fact-channel.ts";

const orders = fileURLToPath(new URL("../../../../examples/shop/orders", import.meta.url));

let directory: string;
let local: LocalAws;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "runner-aws-"));
  local = await startAws({ directory, port: await freePort(0), logFile: join(directory, "aws.log") });
});
afterAll(async () => {
  await local.stop();
  await rm(directory, { recursive: true, force: true });
});

async function deploy(config: string | null, parameters: DeployStepOptions["parameters"], manifest?: string) {
  const routes = { "*.amazonaws.com:443": `127.0.0.1:${local.port}` };
  const bench = await createBench({}, { routes, authorities: [local.ca] });
  const { workspace } = bench;
  await bench.copy(orders);
  if (config !== null) await writeFile(join(workspace.repository, "serverless.yml"), config);
  if (manifest !== undefined) {
    await writeFile(join(workspace.repository, "package.json"), manifest);
    await rm(join(workspace.repository, "package-lock.json"));
  }
  const plan = await readPlan(workspace, "");
  if (manifest !== undefined) {
    const installed = await bench.run(plan.install ?? [], { node: plan.node, allow: bench.hosts.build });
    expect(installed, installed.text).toMatchObject({ exit: { kind: "exited", code: 0 } });
  }
  const facts: Fact[] = [];
  // As the worker does: while it packages, a session that ends at once; here even another account's.
  const broker = await startCredentialBroker(workspace, async () => {
    const isPackaged = facts.some(({ kind }) => kind === "packaged");
    const expiration = new Date(Date.now() + (isPackaged ? 3_600_000 : 10_000));
    const accessKeyId = isPackaged ? accounts.staging : accounts.prod;
    return { accessKeyId, secretAccessKey: "test", sessionToken: "test", expiration };
  });
  const channel = await startFactChannel(workspace, async (fact) => {
    facts.push(fact);
    return null;
  });
  const cli = await findCli(workspace, plan);
  const step = deployStep(cli, {
    stage: "staging",
    region: "us-east-1",
    deploymentId: "0198aaaa-0000-7000-8000-000000000001",
    parameters,
  });
  const ran = await bench.run(step.argv, {
    ...step,
    environment: { ...step.environment, CI: "true" },
    node: plan.node,
    allow: bench.hosts.deploy,
  });
  await Promise.all([channel.stop(), broker.stop()]);
  await bench.close();
  return { ...ran, facts, cli, node: plan.node, account: await accountOf(facts) };
}

/** Which of the two accounts has the stack now. */
async function accountOf(facts: readonly Fact[]): Promise<string[]> {
  const stackName = facts.find((fact) => fact.kind === "service")?.stackName ?? "";
  const ids = [accounts.staging, accounts.prod];
  const found = await Promise.all(ids.map(async (id) => (await stacksOf(local, id, stackName)).status()));
  return ids.filter((_, place) => found[place] !== null);
}

/** The creation of a stack executes one change set, and its update another. */
const told = ["service", "packaged", "described", "mutating", "changes", "mutating", "changes"];

const changed = (facts: Fact[]) => facts.flatMap((fact) => (fact.kind === "changes" ? fact.changes : []));

test("a service of Serverless Framework Pro deploys with plain osls, by AWS's own host names, and tells what it did", async () => {
  const { exit, text, facts, account } = await deploy(null, { service: {}, stage: {} });
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(account).toEqual([accounts.staging]);
  expect(facts.map((fact) => fact.kind)).toEqual(told);
  expect(changed(facts)).toContainEqual({ logicalId: "OrdersLambdaFunction", action: "Add" });
  expect(facts.find((fact) => fact.kind === "described")).toMatchObject({
    functions: [{ key: "orders", name: "orders-staging-orders", bytes: expect.any(Number) }],
    routes: [{ method: "GET", path: "/orders" }],
    outputs: { BranchlineOutput0: "stage", BranchlineOutput1: "vatPercent" },
  });
});

const precedence = `
service: precedence
provider: { name: aws, runtime: nodejs24.x, region: us-east-1 }
params:
  staging: { a: file-stage }
  default: { a: file-default, c: file-default }
outputs:
  a: \${param:a}
  b: \${param:b}
  c: \${param:c}
  d: \${param:d}
  text: \${param:text}
resources: { Resources: { Topic: { Type: "AWS::SNS::Topic" } } }
`;

test("parameters take the place that the field's rules give them, and their text is text", async () => {
  const { exit, text } = await deploy(precedence, {
    stage: { a: "our-stage", b: "our-stage", c: "our-stage" },
    service: {
      a: "our-service",
      b: "our-service",
      c: "our-service",
      d: "our-service",
      text: "$" + "{env:HOME} is no variable",
    },
  });
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  const values = [...text.matchAll(/BranchlineOutput\d: (.*)/g)].map((match) => match[1]);
  expect(values).toEqual(["file-stage", "our-stage", "our-stage", "our-service", "$" + "{env:HOME} is no variable"]);
});

const third = `
org: acme
app: shop
service: third
provider: { name: aws, runtime: nodejs20.x, profile: a-laptop's }
custom: { account: "\${aws:accountId}" }
outputs: { topic: !Ref Topic }
resources: { Resources: { Topic: { Type: "AWS::SNS::Topic" } } }
`;

test("a service pinned to serverless 3 and Node 20 deploys with both, without a login and with the role's credentials", async () => {
  const manifest = JSON.stringify({ engines: { node: "20" }, devDependencies: { serverless: "3.40.0" } });
  const { exit, text, facts, cli, node, account } = await deploy(third, { service: {}, stage: {} }, manifest);
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(account).toEqual([accounts.staging]);
  expect(node).toMatch(/^20\./);
  expect(cli).toMatchObject({ name: "serverless", version: "3.40.0" });
  expect(facts.map((fact) => fact.kind)).toEqual(told);
  expect(changed(facts)).toContainEqual({ logicalId: "Topic", action: "Add" });
});
