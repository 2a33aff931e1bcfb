import { z } from "zod";

const text = z.string({ error: "must be set" }).min(1, "must not be empty");

const Environment = z.object({
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\//, "must be an address that starts with postgres://"),
  REDIS_URL: text.regex(/^rediss?:\/\//, "must be an address that starts with redis://"),
  API_URL: z.url({
    protocol: /^https?$/,
    error: "must be the address under which GitHub reaches this server, starting with http:// or https://",
  }),
  GITHUB_WEBHOOK_SECRET: text,
  /** The address that it binds; 0.0.0.0 in a container. */
  HOST: z.string().default("127.0.0.1"),
  /** The port of API_URL unless set. */
  PORT: z.coerce.number({ error: "must be a port" }).int().min(0).max(65_535).optional(),
  /** Connections to Postgres; the webhooks' own, so that pages can't starve them. */
  API_POOL_SIZE: z.coerce.number({ error: "must be a number from 1 to 200" }).int().min(1).max(200).default(10),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type Environment = z.infer<typeof Environment>;

/** As they are, for what must be kept out of the log. */
export const variables: NodeJS.ProcessEnv = process.env;

/** @throws Error that names each variable that is missing or wrong, with its rule and never its value */
export function readEnvironment(given: NodeJS.ProcessEnv = variables): Environment {
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new Error(`The api's environment is not complete:\n${lines.join("\n")}`);
}
