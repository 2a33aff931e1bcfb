import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { findCli } from "../plan/cli.ts";
import { readPlan } from "../plan/plan.ts";
import { createBench } from "../testing/bench.ts";
import { deployStep } from "./deploy-step.ts";
import { type Fact, startFactChannel } from "./fact-channel.ts";

const service = `org: acme
app: shop
service: orders
provider: { name: aws, runtime: nodejs24.x }
custom:
  everywhere: \${param:everywhere}
  stageAndService: \${param:stageAndService}
  fileDefault: \${param:fileDefault}
  serviceOnly: \${param:serviceOnly}
  nowhere: \${param:nowhere, "fallback"}
functions: { list: { handler: list.handler } }
`;

const params = `
  staging: { everywhere: from the file's stage }
  default: { everywhere: from the file's default, fileDefault: from the file's default, stageAndService: from the file's default }
`;

const ours = {
  stage: { everywhere: "from the stage", stageAndService: "from the stage" },
  // What looks like a variable of the framework's is text.
  service: { everywhere: "from the service", fileDefault: "from the service", serviceOnly: "pa$$w0rd ${env:HOME}" },
};

let bench: Awaited<ReturnType<typeof createBench>>;
beforeAll(async () => {
  bench = await createBench({
    "inline/serverless.yml": `${service}params:${params}outputs: { table: !Ref Orders, plain: text }\n`,
    "file/serverless.yml": `${service}params: \${file(params.yml)}\nplugins: \${file(plugins.yml)}\n`,
    "file/params.yml": params,
    "file/plugins.yml": "[]",
  });
});
afterAll(() => bench.close());

async function print(directory: string) {
  const plan = await readPlan(bench.workspace, directory);
  const options = { stage: "staging", region: "us-east-1", deploymentId: "d-1", parameters: ours };
  const step = deployStep(await findCli(bench.workspace, plan), options);
  const facts: Fact[] = [];
  const channel = await startFactChannel(bench.workspace, async (fact) => {
    facts.push(fact);
    return null;
  });
  const argv = step.argv.map((word) => (word === "deploy" ? "print" : word)).filter((word) => word !== "--verbose");
  const { exit, text } = await bench.run(argv, { ...step, argv, directory });
  await channel.stop();
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  return { facts, printed: parse(text), text };
}

test.each(["inline", "file"])(
  "params.<stage> of the file > the stage's > params.default > the service's > fallback, with params %s",
  async (directory) => {
    const { printed, facts } = await print(directory);
    expect(printed.custom).toEqual({
      everywhere: "from the file's stage",
      stageAndService: "from the stage",
      fileDefault: "from the file's default",
      serviceOnly: "pa$$w0rd ${env:HOME}",
      nowhere: "fallback",
    });
    expect(facts).toEqual([{ kind: "service", stackName: "orders-staging", region: "us-east-1" }]);
  },
);

test("org, app and outputs need no change in the repository: outputs become the stack's", async () => {
  const { printed } = await print("inline");
  expect(printed).not.toHaveProperty("org");
  expect(printed).not.toHaveProperty("app");
  expect(printed.resources.Outputs).toEqual({
    BranchlineOutput0: { Description: "outputs.table", Value: { Ref: "Orders" } },
    BranchlineOutput1: { Description: "outputs.plain", Value: "text" },
  });
});
