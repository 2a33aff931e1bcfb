import { accounts, createDeployRole } from "@branchline/testing/aws-accounts";

const [accountId, externalId] = process.argv.slice(2);
if (accountId === undefined || externalId === undefined) {
  console.error("docker compose run --rm prepare docker/role.ts ACCOUNT_ID EXTERNAL_ID");
  process.exit(1);
}

/** What "Create role in AWS" does for an account of the emulator, which has no console. */
const roleArn = await createDeployRole(
  { endpoint: "https://127.0.0.1:4566", ca: "/world/tls/ca.pem" },
  { accountId, name: "branchline-deploy", externalId, platformAccountId: accounts.platform },
);
console.log(roleArn);
