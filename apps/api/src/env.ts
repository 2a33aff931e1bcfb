import { z } from "zod";

const Environment = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "is an address that starts with postgres://"),
  REDIS_URL: z.string().regex(/^(redis|rediss):\/\//, "is an address that starts with redis://"),
  API_URL: z.url("is the address under which GitHub reaches this server"),
  GITHUB_WEBHOOK_SECRET: z.string().min(1),
  /** The address that it binds; 0.0.0.0 in a container. */
  HOST: z.string().default("127.0.0.1"),
  /** The port of API_URL unless set. */
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Connections to Postgres; the webhooks' own, so that pages can't starve them. */
  API_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type Environment = z.infer<typeof Environment>;

/** @throws Error that names each variable that is missing or wrong, with its rule */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = Environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The api's environment is not complete:\n${lines.join("\n")}`);
}
