/** Placeholders for Fn::Sub, which CloudFormation fills in where the template becomes a stack. */
const partition = "$" + "{AWS::Partition}";
const account = "$" + "{AWS::AccountId}";

const arnInAccount = (service: string, resource: string) => `arn:${partition}:${service}:*:${account}:${resource}`;
/** One bucket per stack, whose name CloudFormation cuts where it is long; one per region by serverless 4. */
const buckets = ["*-serverlessdeploymentbuck*", "serverless-framework-deployments-*"].map(
  (name) => `arn:${partition}:s3:::${name}`,
);
/** The roles that the framework itself makes for its functions. */
const functionRole = `arn:${partition}:iam::${account}:role/*-lambdaRole`;

type Grant = { Sid: string; Action: string[]; Resource: string[]; Condition?: object };

const grants: Grant[] = [
  {
    Sid: "Stacks",
    Action: ["cloudformation:*"],
    Resource: ["stack/*", "changeSet/*"].map((name) => arnInAccount("cloudformation", name)),
  },
  { Sid: "DeploymentBucket", Action: ["s3:*"], Resource: buckets.flatMap((bucket) => [bucket, `${bucket}/*`]) },
  {
    Sid: "Functions",
    Action: ["lambda:*"],
    Resource: ["function:*", "layer:*", "event-source-mapping:*"].map((resource) => arnInAccount("lambda", resource)),
  },
  { Sid: "Logs", Action: ["logs:*"], Resource: [arnInAccount("logs", "log-group:/aws/*")] },
  {
    Sid: "Apis",
    Action: ["GET", "POST", "PUT", "PATCH", "DELETE", "TagResource", "UntagResource"].map(
      (verb) => `apigateway:${verb}`,
    ),
    Resource: [`arn:${partition}:apigateway:*::/*`],
  },
  {
    Sid: "FunctionRoles",
    Action: [
      ...["CreateRole", "DeleteRole", "GetRole", "TagRole", "UntagRole", "UpdateAssumeRolePolicy"],
      ...["GetRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
      ...["ListRolePolicies", "ListAttachedRolePolicies"],
    ].map((verb) => `iam:${verb}`),
    Resource: [functionRole],
  },
  {
    Sid: "PassFunctionRoles",
    Action: ["iam:PassRole"],
    Resource: [functionRole],
    Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  },
  { Sid: "Tables", Action: ["dynamodb:*"], Resource: [arnInAccount("dynamodb", "table/*")] },
  { Sid: "Queues", Action: ["sqs:*"], Resource: [arnInAccount("sqs", "*")] },
  { Sid: "Topics", Action: ["sns:*"], Resource: [arnInAccount("sns", "*")] },
  {
    Sid: "Events",
    Action: ["events:*"],
    Resource: ["rule/*", "event-bus/*"].map((name) => arnInAccount("events", name)),
  },
  {
    Sid: "Parameters",
    Action: ["ssm:GetParameter", "ssm:GetParameters"],
    Resource: [arnInAccount("ssm", "parameter/*")],
  },
  {
    Sid: "ParametersOfTheFramework",
    Action: ["ssm:PutParameter"],
    Resource: [arnInAccount("ssm", "parameter/serverless-framework/*")],
  },
  {
    Sid: "WhatAwsDoesNotScope",
    Action: [
      ...["cloudformation:ValidateTemplate", "cloudformation:ListExports", "logs:DescribeLogGroups"],
      ...["lambda:GetAccountSettings", "lambda:CreateEventSourceMapping", "lambda:ListEventSourceMappings"],
      // Access logs of an HTTP API, and functions inside a network.
      ...["Create", "Get", "Update", "Delete", "List"].map(
        (verb) => `logs:${verb}LogDeliver${verb === "List" ? "ies" : "y"}`,
      ),
      ...["logs:PutResourcePolicy", "logs:DescribeResourcePolicies"],
      ...["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:DescribeNetworkInterfaces"],
      "sts:GetCallerIdentity",
    ],
    Resource: ["*"],
  },
];

/**
 * Enough for osls and serverless to deploy functions, HTTP APIs, tables, queues and topics, and no more: what AWS scopes is
 * scoped to the account, and PassRole goes to Lambda alone. Strings are for Fn::Sub.
 */
export function deployPolicy() {
  return { Version: "2012-10-17", Statement: grants.map((grant) => ({ Effect: "Allow", ...grant })) };
}
