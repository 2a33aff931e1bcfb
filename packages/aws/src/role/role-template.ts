import { deployPolicy } from "./deploy-policy.ts";
import { trustPolicy } from "./trust-policy.ts";

/** The CloudFormation template behind Create role in AWS. It holds nothing of a customer: the values are its parameters. */
export function roleTemplate() {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "The role that Branchline assumes to deploy your Serverless Framework services.",
    Parameters: {
      RoleName: { Type: "String", Default: "branchline-deploy", Description: "Name of the role." },
      PrincipalArn: { Type: "String", Description: "Branchline's identity. Do not change it." },
      ExternalId: { Type: "String", Description: "The external id of your deploy profile. Do not change it." },
    },
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trustPolicy({
            principalArn: { Ref: "PrincipalArn" },
            externalId: { Ref: "ExternalId" },
          }),
          Policies: [{ PolicyName: "branchline-deploy", PolicyDocument: subStrings(deployPolicy()) }],
        },
      },
    },
    Outputs: {
      RoleArn: { Description: "Enter this in the deploy profile.", Value: { "Fn::GetAtt": ["Role", "Arn"] } },
    },
  };
}

function subStrings(value: unknown): unknown {
  if (typeof value === "string") return value.includes("${") ? { "Fn::Sub": value } : value;
  if (Array.isArray(value)) return value.map(subStrings);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, subStrings(inner)]));
  }
  return value;
}
