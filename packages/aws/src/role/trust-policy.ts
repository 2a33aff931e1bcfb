/** Who may assume the customer's role: our identity, and only with the external id of this deploy profile. */
export function trustPolicy({ principalArn, externalId }: { principalArn: unknown; externalId: unknown }) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principalArn },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      },
      { Effect: "Allow", Principal: { AWS: principalArn }, Action: ["sts:TagSession", "sts:SetSourceIdentity"] },
    ],
  };
}
