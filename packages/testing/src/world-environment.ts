import { join } from "node:path";
import type { LocalAws } from "./aws.ts";
import { type Identity, platformPrincipal } from "./aws-accounts.ts";
import { baseEnvironment } from "./base-environment.ts";
import type { GithubApp, LocalGithub } from "./github.ts";
import { toolchainDirectory } from "./paths.ts";
import type { WorldSecrets } from "./world-secrets.ts";

export type Environment = Record<string, string>;
export type AppEnvironments = { web: Environment; api: Environment; worker: Environment };

type Facts = {
  webUrl: string;
  apiUrl: string;
  databaseUrl: string;
  redisUrl: string;
  directory: string;
  secrets: WorldSecrets;
  app: GithubApp;
  github: LocalGithub;
  aws: LocalAws;
  identity: Identity;
};

/** Each app's environment as in production: the private age key and our AWS identity are the worker's alone. */
export function environmentsOf(facts: Facts): AppEnvironments {
  const { secrets, github } = facts;
  const shared = {
    ...baseEnvironment(),
    DATABASE_URL: facts.databaseUrl,
    REDIS_URL: facts.redisUrl,
    WEB_URL: facts.webUrl,
    API_URL: facts.apiUrl,
    NODE_ENV: "production",
  };
  const app = {
    GITHUB_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_APP_ID: facts.app.appId,
    GITHUB_APP_SLUG: facts.app.slug,
    GITHUB_APP_PRIVATE_KEY: secrets.appPrivateKey,
    GITHUB_CLIENT_ID: secrets.clientId,
    GITHUB_CLIENT_SECRET: secrets.clientSecret,
    GITHUB_WEBHOOK_SECRET: secrets.webhookSecret,
  };
  return {
    web: {
      ...shared,
      ...app,
      AUTH_SECRET: secrets.authSecret,
      AUTH_REQUESTS_PER_10_S: "1000",
      SECRETS_RECIPIENT: secrets.recipient,
      PLATFORM_AWS_PRINCIPAL_ARN: platformPrincipal,
      PORT: new URL(facts.webUrl).port,
      HOSTNAME: "127.0.0.1",
    },
    api: { ...shared, GITHUB_WEBHOOK_SECRET: secrets.webhookSecret },
    worker: { ...shared, ...app, ...workerOnly(facts) },
  };
}

function workerOnly({ aws, identity, directory, secrets }: Facts): Environment {
  return {
    SECRETS_IDENTITY: secrets.identity,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    NODE_EXTRA_CA_CERTS: aws.trusted,
    WORKER_DIR: join(directory, "worker"),
    WORKER_TOOLCHAIN_DIR: toolchainDirectory,
    WORKER_CONCURRENCY: "2",
    WORKER_DRAIN_MS: "5000",
    // A laptop may have no cgroups to give, or little disk; the log of a build says so.
    WORKER_ALLOW_WEAK_SANDBOX: "true",
    WORKER_DISK_RESERVE_MB: "100",
    WORKER_EGRESS_ROUTES: `*.amazonaws.com:443=127.0.0.1:${aws.port}`,
    WORKER_EXTRA_CA: aws.trusted,
  };
}
