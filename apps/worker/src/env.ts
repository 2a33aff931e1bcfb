import { defaultLimits as defaultRunning } from "@branchline/core/deployments/limits";
import { buildUsers, defaultLimits, type MachineOptions } from "@branchline/runner";
import { z } from "zod";

const url = (schemes: string) =>
  z.string().regex(new RegExp(`^(${schemes})://`), `is an address that starts with ${schemes}`);

const megabyte = 1024 * 1024;
const inMegabytes = (bytes: number) => bytes / megabyte;
const minutes = 60_000;
const limit = (defaultMs: number) => z.coerce.number().int().min(1_000).default(defaultMs);

/** "a.example, *.b.example" */
const hostsIn = (text: string) => text.split(/[\s,]+/).filter((host) => host !== "");

const Environment = z.object({
  DATABASE_URL: url("postgres|postgresql"),
  REDIS_URL: url("redis|rediss|unix"),
  WEB_URL: url("http|https"),
  GITHUB_URL: url("http|https").default("https://github.com"),
  GITHUB_API_URL: url("http|https").default("https://api.github.com"),
  GITHUB_APP_ID: z.string().regex(/^\d+$/, "is the App's number"),
  GITHUB_APP_SLUG: z.string().min(1),
  GITHUB_APP_PRIVATE_KEY: z.string().includes("PRIVATE KEY", { error: "is the App's private key in PEM" }),
  GITHUB_CLIENT_ID: z.string().min(1),
  GITHUB_CLIENT_SECRET: z.string().min(1),
  SECRETS_IDENTITY: z.string().startsWith("AGE-SECRET-KEY-", { error: "is an age identity (AGE-SECRET-KEY-…)" }),
  AWS_REGION: z.string().default("us-east-1"),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  /** Deployments that run at once in one organization, and in all; the same for every worker. */
  RUNNING_PER_ORGANIZATION: z.coerce.number().int().min(1).default(defaultRunning.perOrganization),
  RUNNING_IN_ALL: z.coerce.number().int().min(1).default(defaultRunning.inAll),
  WORKER_DIR: z.string().startsWith("/", { error: "is an absolute path that this user may write to" }),
  /** Where the tools of builds are installed; beneath WORKER_DIR unless set. */
  WORKER_TOOLCHAIN_DIR: z.string().startsWith("/").optional(),
  /** Hosts that builds may reach besides the usual ones; "*" is every public host. */
  WORKER_BUILD_HOSTS: z.string().default("").transform(hostsIn),
  WORKER_DEPLOY_HOSTS: z.string().default("").transform(hostsIn),
  /** Development only: sends hosts of the build elsewhere, as "*.amazonaws.com:443=127.0.0.1:4566,…". */
  WORKER_EGRESS_ROUTES: z.string().default(""),
  /** A certificate authority that builds trust in addition to the usual ones. */
  WORKER_EXTRA_CA: z.string().optional(),
  /** Node's own; builds trust it as we do. */
  NODE_EXTRA_CA_CERTS: z.string().optional(),
  /** User ids of this machine that nobody else has: where the worker is root, each build runs as one of them. */
  WORKER_BUILD_USERS: z
    .string()
    .regex(/^[1-9]\d*-[1-9]\d*$/, "is two user ids, as 60000-60099")
    .default(buildUsers.join("-"))
    .transform((range) => range.split("-").map(Number) as [number, number])
    .refine(([first, last]) => first <= last && last < 2 ** 32, "is no range of user ids"),
  /** What one build may use; in MB unless it is a number of something. */
  WORKER_BUILD_MEMORY_MB: z.coerce.number().int().min(256).default(inMegabytes(defaultLimits.memoryBytes)),
  WORKER_BUILD_PROCESSES: z.coerce.number().int().min(64).default(defaultLimits.processes),
  WORKER_BUILD_CPUS: z.coerce.number().min(0.1).default(defaultLimits.cpus),
  WORKER_BUILD_DISK_MB: z.coerce.number().int().min(64).default(inMegabytes(defaultLimits.diskBytes)),
  WORKER_BUILD_FILE_MB: z.coerce.number().int().min(1).default(inMegabytes(defaultLimits.fileBytes)),
  /** What must stay free of the disk: with less, no build begins, and the one that took most of it ends. */
  WORKER_DISK_RESERVE_MB: z.coerce.number().int().min(0).default(1024),
  /** Development only: builds run, and say so, where the machine can't give all parts of a sandbox. */
  WORKER_ALLOW_WEAK_SANDBOX: z.stringbool().default(false),
  /** Milliseconds that a deployment may run on after SIGTERM. */
  WORKER_DRAIN_MS: z.coerce.number().int().min(0).default(600_000),
  /** Milliseconds that checkout, install and test may be silent, and that each may take; then those of the CLI; then of all. */
  BUILD_IDLE_LIMIT_MS: limit(10 * minutes),
  BUILD_PHASE_LIMIT_MS: limit(20 * minutes),
  DEPLOY_IDLE_LIMIT_MS: limit(30 * minutes),
  DEPLOY_PHASE_LIMIT_MS: limit(60 * minutes),
  DEPLOYMENT_LIMIT_MS: limit(120 * minutes),
  /** Milliseconds to wait for somebody else's change of a stack, and for a service that does not answer. */
  STACK_PATIENCE_MS: limit(180 * minutes),
  /** Milliseconds after which a worker whose event loop does not answer ends itself. */
  WORKER_HANG_LIMIT_MS: z.coerce.number().int().min(10_000).default(120_000),
  /** Milliseconds after which a worker ends itself that hears nothing of a queue in which something lies. */
  WORKER_DEAF_LIMIT_MS: z.coerce.number().int().min(5_000).default(60_000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type Environment = z.infer<typeof Environment>;

/** As they are, for what must be kept out of the log. */
export const variables: NodeJS.ProcessEnv = process.env;

/** @throws Error that names each variable that is missing or wrong, with its rule */
export function readEnvironment(given: NodeJS.ProcessEnv = variables): Environment {
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The worker's environment is not complete:\n${lines.join("\n")}`);
}

/** Where workspaces are. */
export const buildsDirectory = ({ WORKER_DIR }: Environment) => `${WORKER_DIR}/builds`;

/** What a build may use of this machine. */
export function machineOptions(env: Environment): MachineOptions {
  return {
    users: env.WORKER_BUILD_USERS,
    reserveBytes: env.WORKER_DISK_RESERVE_MB * megabyte,
    limits: {
      ...defaultLimits,
      memoryBytes: env.WORKER_BUILD_MEMORY_MB * megabyte,
      processes: env.WORKER_BUILD_PROCESSES,
      cpus: env.WORKER_BUILD_CPUS,
      diskBytes: env.WORKER_BUILD_DISK_MB * megabyte,
      fileBytes: env.WORKER_BUILD_FILE_MB * megabyte,
    },
  };
}

/** "a:443=b:4566,c:80=d:1" as a record. */
export function parseRoutes(text: string): Record<string, string> {
  const pairs = text.split(",").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new Error(`WORKER_EGRESS_ROUTES: "${pair}" is not pattern:port=host:port`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
