import { expect, test } from "vitest";
import { deployPolicy, quickCreateUrl, readingPolicy, roleTemplate } from "./index.ts";

test("the policy allows no action of every service, and scopes all that AWS scopes", () => {
  const unscoped = [
    /^cloudformation:(ValidateTemplate|ListExports)$/,
    /^lambda:(GetAccountSettings|CreateEventSourceMapping|ListEventSourceMappings)$/,
    /^logs:(DescribeLogGroups|\w+LogDeliver(y|ies)|(Put|Describe)ResourcePolic(y|ies))$/,
    /^ec2:Describe(SecurityGroups|Subnets|Vpcs|NetworkInterfaces)$/,
    /^sts:GetCallerIdentity$/,
  ];
  for (const { Action, Resource } of deployPolicy().Statement) {
    expect(Action).not.toContain("*");
    if (Resource.includes("*"))
      expect(Action.filter((action) => !unscoped.some((known) => known.test(action)))).toEqual([]);
  }
});

test("a role is passed to Lambda alone", () => {
  const passing = deployPolicy().Statement.filter(({ Action }) =>
    Action.some((action) => /^iam:(PassRole|\*)$/.test(action)),
  );
  expect(passing).toHaveLength(1);
  expect(passing[0]).toMatchObject({ Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } });
});

test("the template carries nothing of a customer, and asks for the external id", () => {
  const text = JSON.stringify(roleTemplate());
  expect(text).not.toMatch(/\d{12}/);
  expect(text).toContain('"sts:ExternalId":{"Ref":"ExternalId"}');
});

test("the link fills in the template's parameters", () => {
  const link = quickCreateUrl({
    region: "eu-west-1",
    templateUrl: "https://x.example/t.json",
    stackName: "branchline",
    parameters: { ExternalId: "a b" },
  });
  expect(link).toContain(
    "https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks/quickcreate?",
  );
  expect(link).toContain("param_ExternalId=a+b");
});

test("the policy fits into a role, whose inline policies have 10,240 characters", () => {
  const account = JSON.stringify(deployPolicy())
    .replaceAll(/\$\{AWS::Partition\}/g, "aws-us-gov")
    .replaceAll(/\$\{AWS::AccountId\}/g, "1".repeat(12));
  expect(account.length).toBeLessThan(10_240);
});

test("the session policy of packaging changes nothing, and fits into what STS takes", () => {
  const reads = /^(\w[\w-]*):(Describe|Get|List|BatchGet|Validate)\w*\*?$|^(kms:Decrypt|apigateway:GET)$/;
  const [statement] = readingPolicy().Statement;
  expect(statement?.Action.filter((action) => !reads.test(action))).toEqual([]);
  expect(JSON.stringify(readingPolicy()).length).toBeLessThanOrEqual(2_048);
});
