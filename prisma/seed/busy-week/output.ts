import type { DeploymentStatus, PhaseName } from "@branchline/db";

type Course = { phases: { name: PhaseName; lines: string[] }[]; failureLine: number | null };

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const green = (text: string) => `\u001b[32m${text}\u001b[39m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;

const checkout = {
  name: "checkout" as const,
  lines: ["Fetching a1b2c3d of acme/shop", dim("From https://github.com/acme/shop"), "HEAD is now at a1b2c3d"],
};
const install = {
  name: "install" as const,
  lines: [
    "npm ci, by package-lock.json, with Node 24.11.0 from .nvmrc",
    "\u001b[33mnpm warn\u001b[39m deprecated inflight@1.0.6: This module is not supported",
    ...Array.from({ length: 60 }, (_, index) =>
      dim(`npm http fetch GET 200 https://registry.example/package-${index} ${20 + index}ms`),
    ),
    "added 412 packages in 9s",
  ],
};
const tests = (failing: boolean) => ({
  name: "test" as const,
  lines: [
    "> shop@1.0.0 test",
    "> node --test",
    ...Array.from({ length: 46 }, (_, index) => `${green("✔")} case ${index + 1} ${dim(`(${(index % 7) + 1}.2ms)`)}`),
    ...(failing
      ? [
          red("✖ stock below zero is refused (3.1ms)"),
          "  Error: expected 409, got 200",
          dim("      at stock.test.js:18:10"),
          bold("2 of 48 tests failed"),
        ]
      : [bold("48 of 48 tests passed")]),
  ],
});
const deploy = (end: string[]) => ({
  name: "deploy" as const,
  lines: [
    "osls deploy --stage staging, pinned by the repository (4.3.1)",
    "",
    "Deploying to stage staging (us-east-1)",
    dim("Packaging"),
    dim("Creating CloudFormation change set"),
    "<script>alert('a build prints what it wants')</script>",
    ...end,
  ],
});

export function workingLog(service: string): Course {
  const end = [
    `${green("✔")} Service deployed to stack ${service}-staging (42s)`,
    "",
    "endpoint: GET - https://x1.execute-api.us-east-1.amazonaws.com/",
  ];
  return { phases: [checkout, install, tests(false), deploy(end)], failureLine: null };
}

export function failingLog(reason: string): Course {
  const before = checkout.lines.length + install.lines.length;
  if (reason === "tests_failed") return { phases: [checkout, install, tests(true)], failureLine: before + 49 };
  const end = [
    red("✖ ServerlessError: ProductsTable could not be replaced"),
    "  catalog-staging-products already exists (Service: DynamoDb, Status Code: 400)",
  ];
  const phases = [checkout, install, tests(false), deploy(end)];
  return { phases, failureLine: before + tests(false).lines.length + 7 };
}

type Told = { service: string; stage: string; status: DeploymentStatus; reason?: string };

export function stackEvents(deploymentId: string, line: Told, start: Date, ms: number) {
  if (line.reason === "tests_failed") return [];
  const stack = `${line.service}-${line.stage}`;
  const at = (share: number) => new Date(start.getTime() + share * ms);
  const event = (
    share: number,
    logicalId: string,
    resourceType: string,
    status: string,
    reason: string | null = null,
  ) => ({
    deploymentId,
    eventId: `${logicalId}-${status}-${share}`,
    at: at(share),
    logicalId,
    physicalId: `${stack}-${logicalId.toLowerCase()}`,
    resourceType,
    status,
    reason,
  });
  const begun = [
    event(0.1, stack, "AWS::CloudFormation::Stack", "UPDATE_IN_PROGRESS"),
    event(0.15, "HandlerLambdaFunction", "AWS::Lambda::Function", "UPDATE_IN_PROGRESS"),
    event(0.4, "HandlerLambdaFunction", "AWS::Lambda::Function", "UPDATE_COMPLETE"),
    event(0.42, "ProductsTable", "AWS::DynamoDB::Table", "CREATE_IN_PROGRESS"),
  ];
  if (line.status === "running") return begun;
  if (line.status === "failed")
    return [
      ...begun,
      event(0.6, "ProductsTable", "AWS::DynamoDB::Table", "CREATE_FAILED", "catalog-staging-products already exists"),
      event(0.62, stack, "AWS::CloudFormation::Stack", "UPDATE_ROLLBACK_IN_PROGRESS"),
      event(0.9, stack, "AWS::CloudFormation::Stack", "UPDATE_ROLLBACK_COMPLETE"),
    ];
  return [
    ...begun,
    event(0.8, "ProductsTable", "AWS::DynamoDB::Table", "CREATE_COMPLETE"),
    event(0.82, "HandlerLambdaVersionXyZ1", "AWS::Lambda::Version", "CREATE_IN_PROGRESS"),
    event(0.86, "HandlerLambdaVersionXyZ1", "AWS::Lambda::Version", "CREATE_COMPLETE"),
    event(0.95, stack, "AWS::CloudFormation::Stack", "UPDATE_COMPLETE"),
  ];
}

export function outputs(service: string, stage: string) {
  return [
    { kind: "endpoint", key: "GET /", value: "https://x1y2z3.execute-api.us-east-1.amazonaws.com/" },
    {
      kind: "output",
      key: "ServerlessDeploymentBucketName",
      value: `${service}-${stage}-serverlessdeploymentbucket-1a2b3c`,
    },
    { kind: "function", key: "handler", value: `${service}-${stage}-handler` },
  ];
}
