import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accounts, createPlatformIdentity, platformPrincipal } from "@branchline/testing/aws-accounts";
import { loadSecrets } from "@branchline/testing/world-secrets";
import { applyMigrations } from "../scripts/migrate/apply.ts";

/** What docker-compose's services share: one folder, and one network in which `localhost` is all of them. */
const world = "/world";
const databaseUrl = "postgres://branchline:branchline@127.0.0.1:5432/branchline";
const aws = { endpoint: "https://127.0.0.1:4566", ca: join(world, "tls/ca.pem") };
const web = "http://localhost:3000";
const api = "http://localhost:3001";
const github = "http://localhost:3002";

await mkdir(join(world, "worker"), { recursive: true });
const secrets = await loadSecrets(world);
await applyMigrations(databaseUrl);
const identity = await createPlatformIdentity(aws);

const shared = {
  DATABASE_URL: databaseUrl,
  REDIS_URL: "redis://127.0.0.1:6379",
  WEB_URL: web,
  API_URL: api,
  HOST: "0.0.0.0",
};
const app = {
  GITHUB_URL: github,
  GITHUB_API_URL: `${github}/api/v3`,
  GITHUB_APP_ID: "1001",
  GITHUB_APP_SLUG: "branchline-local",
  GITHUB_APP_PRIVATE_KEY: secrets.appPrivateKey,
  GITHUB_CLIENT_ID: secrets.clientId,
  GITHUB_CLIENT_SECRET: secrets.clientSecret,
  GITHUB_WEBHOOK_SECRET: secrets.webhookSecret,
};

await Promise.all([
  write("api", { ...shared, GITHUB_WEBHOOK_SECRET: secrets.webhookSecret }),
  write("web", {
    ...shared,
    ...app,
    AUTH_SECRET: secrets.authSecret,
    SECRETS_RECIPIENT: secrets.recipient,
    PLATFORM_AWS_PRINCIPAL_ARN: platformPrincipal,
    PORT: "3000",
    HOSTNAME: "0.0.0.0",
  }),
  write("worker", {
    ...shared,
    ...app,
    SECRETS_IDENTITY: secrets.identity,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    NODE_EXTRA_CA_CERTS: aws.ca,
    WORKER_DIR: join(world, "worker"),
    WORKER_EXTRA_CA: aws.ca,
    // Docker lets a container make no cgroups of its own.
    WORKER_ALLOW_WEAK_SANDBOX: "true",
    WORKER_EGRESS_ROUTES: "*.amazonaws.com:443=127.0.0.1:4566",
  }),
  write("local-github", {
    PORT: "3002",
    HOST: "0.0.0.0",
    PUBLIC_URL: github,
    DATA_DIR: join(world, "github"),
    SEED: "docker/github.json",
    APP_ID: app.GITHUB_APP_ID,
    APP_SLUG: app.GITHUB_APP_SLUG,
    APP_PUBLIC_KEY: secrets.appPublicKey,
    CLIENT_ID: secrets.clientId,
    CLIENT_SECRET: secrets.clientSecret,
    WEBHOOK_URL: `${api}/webhooks/github`,
    WEBHOOK_SECRET: secrets.webhookSecret,
    CALLBACK_URLS: `${web}/api/auth/callback/github`,
    SETUP_URL: `${web}/github/setup`,
  }),
]);
console.log(`Ready. Sign in at ${web} as ada; deploy to ${accounts.staging} and ${accounts.prod}.`);

/** As lines that a shell reads; a value may have several lines itself. */
async function write(service: string, variables: Record<string, string>): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
  await writeFile(join(world, `${service}.env`), `${lines.join("\n")}\n`, { mode: 0o600 });
}
