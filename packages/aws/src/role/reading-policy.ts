/** What variables of a serverless.yml, and plugins that look around before a deployment, read. */
const actions = [
  "sts:GetCallerIdentity",
  ...["Describe*", "Get*", "List*", "ValidateTemplate"].map((verb) => `cloudformation:${verb}`),
  ...["ssm:GetParameter*", "ssm:DescribeParameters", "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
  ...["kms:Decrypt", "kms:DescribeKey", "s3:Get*", "s3:List*"],
  ...["lambda:Get*", "lambda:List*", "apigateway:GET", "ec2:Describe*", "iam:Get*", "iam:List*"],
  ...["dynamodb:Describe*", "dynamodb:List*", "sns:Get*", "sns:List*", "sqs:Get*", "sqs:List*"],
  ...["events:Describe*", "events:List*", "logs:Describe*", "cognito-idp:Describe*", "cognito-idp:List*"],
  ...["acm:Describe*", "acm:List*", "route53:Get*", "route53:List*", "cloudfront:Get*", "cloudfront:List*"],
  ...["ecr:Describe*", "ecr:BatchGetImage", "states:Describe*", "states:List*", "kinesis:Describe*", "kinesis:List*"],
];

/**
 * The session policy of packaging, in which the code of plugins and of the configuration runs: of what the role may do,
 * nothing that changes an account. STS takes 2,048 characters.
 */
export function readingPolicy() {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}
