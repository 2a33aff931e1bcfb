/** "${AWS::AccountId}" and its like stand in strings that CloudFormation's Fn::Sub fills in. */
const inAccount = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:*:\${AWS::AccountId}:${resource}`;

/**
 * Enough for osls and serverless to deploy functions, HTTP APIs, tables, queues and topics, and no more: every action that
 * AWS scopes is scoped to the account; PassRole goes to Lambda alone, for the roles that the framework itself makes.
 * Strings are for Fn::Sub.
 */
export function deployPolicy() {
  const allow = (Sid: string, Action: string[], Resource: string[], extra: object = {}) => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    ...extra,
  });
  const functionRoles = ["arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*-lambdaRole"];
  return {
    Version: "2012-10-17",
    Statement: [
      allow("Stacks", ["cloudformation:*"], [inAccount("cloudformation", "stack/*")]),
      allow("Templates", ["cloudformation:ValidateTemplate", "cloudformation:ListExports"], ["*"]),
      allow(
        "DeploymentBucket",
        ["s3:*"],
        [
          "arn:${AWS::Partition}:s3:::*-serverlessdeploymentbucket-*",
          "arn:${AWS::Partition}:s3:::*-serverlessdeploymentbucket-*/*",
        ],
      ),
      allow(
        "Functions",
        ["lambda:*"],
        [
          inAccount("lambda", "function:*"),
          inAccount("lambda", "layer:*"),
          inAccount("lambda", "event-source-mapping:*"),
        ],
      ),
      allow(
        "FunctionsAtLarge",
        ["lambda:GetAccountSettings", "lambda:CreateEventSourceMapping", "lambda:ListEventSourceMappings"],
        ["*"],
      ),
      allow("Logs", ["logs:*"], [inAccount("logs", "log-group:/aws/*"), inAccount("logs", "log-group:/aws/*:*")]),
      allow("LogGroups", ["logs:DescribeLogGroups"], ["*"]),
      allow(
        "Apis",
        [
          "apigateway:GET",
          "apigateway:POST",
          "apigateway:PUT",
          "apigateway:PATCH",
          "apigateway:DELETE",
          "apigateway:TagResource",
          "apigateway:UntagResource",
        ],
        ["arn:${AWS::Partition}:apigateway:*::/*"],
      ),
      allow(
        "FunctionRoles",
        [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:PutRolePolicy",
          "iam:DeleteRolePolicy",
          "iam:AttachRolePolicy",
          "iam:DetachRolePolicy",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:ListRolePolicies",
          "iam:ListAttachedRolePolicies",
        ],
        functionRoles,
      ),
      allow("PassFunctionRoles", ["iam:PassRole"], functionRoles, {
        Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      }),
      allow("Tables", ["dynamodb:*"], [inAccount("dynamodb", "table/*")]),
      allow("Queues", ["sqs:*"], [inAccount("sqs", "*")]),
      allow("Topics", ["sns:*"], [inAccount("sns", "*")]),
      allow("Events", ["events:*"], [inAccount("events", "rule/*"), inAccount("events", "event-bus/*")]),
      allow("Parameters", ["ssm:GetParameter", "ssm:GetParameters"], [inAccount("ssm", "parameter/*")]),
      allow("WhoAmI", ["sts:GetCallerIdentity"], ["*"]),
    ],
  };
}
