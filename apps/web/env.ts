import { z } from "zod";

const address = z.url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" });
const text = z.string({ error: "must be set" }).min(1, "must not be empty");

const Env = z.object({
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\//, "must be a postgres:// address"),
  REDIS_URL: text.regex(/^rediss?:\/\//, "must be a redis:// address"),
  WEB_URL: address,
  API_URL: address,
  AUTH_SECRET: z.string({ error: "must be set" }).min(32, "must have at least 32 characters"),
  /** Requests that one network address may make to the sign-in endpoints in ten seconds. */
  AUTH_REQUESTS_PER_10_S: z.coerce.number({ error: "must be a number" }).int().positive().default(60),
  /** Where CloudFormation's console finds our role template: it reads addresses of S3 alone. */
  ROLE_TEMPLATE_URL: z.url({ protocol: /^https$/, error: "must be an https:// address of S3" }).optional(),
  GITHUB_URL: address.default("https://github.com"),
  GITHUB_API_URL: address.default("https://api.github.com"),
  GITHUB_APP_ID: text,
  GITHUB_APP_SLUG: text,
  GITHUB_APP_PRIVATE_KEY: text,
  GITHUB_CLIENT_ID: text,
  GITHUB_CLIENT_SECRET: text,
  GITHUB_WEBHOOK_SECRET: text,
  SECRETS_RECIPIENT: text.regex(/^age1/, "must be an age recipient, which begins with age1"),
  /** Who assumes the customers' roles; their trust policies name it. */
  PLATFORM_AWS_PRINCIPAL_ARN: text.regex(
    /^arn:aws[\w-]*:iam::\d{12}:(user|role)\/.+$/,
    "must be the ARN of an IAM user or role, such as arn:aws:iam::111122223333:role/branchline",
  ),
});
export type Env = z.infer<typeof Env>;

let parsed: Env | undefined;

/**
 * The environment, read when it is first needed: a build needs none.
 * @throws Error that names each wrong or missing variable with its rule, never its value
 */
export function env(): Env {
  parsed ??= parse();
  return parsed;
}

/** As they are, for what must be kept out of the log. */
export const variables: NodeJS.ProcessEnv = process.env;

function parse(): Env {
  const result = Env.safeParse(variables);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`The environment of web is incomplete: ${problems.join("; ")}`);
}

export const isDevelopment = process.env.NODE_ENV === "development";
