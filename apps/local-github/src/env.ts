import { z } from "zod";
import type { LocalGithubOptions } from "./options.ts";

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().min(1),
  PUBLIC_URL: z.url().optional(),
  APP_ID: z.coerce.number().int().positive(),
  APP_SLUG: z.string().min(1),
  APP_NAME: z.string().default("Branchline"),
  APP_PUBLIC_KEY: z
    .string()
    .includes("PUBLIC KEY")
    .transform((key) => key.replaceAll("\\n", "\n")),
  CLIENT_ID: z.string().min(1),
  CLIENT_SECRET: z.string().min(1),
  WEBHOOK_URL: z.url(),
  WEBHOOK_SECRET: z.string().min(1),
  CALLBACK_URLS: z.string().transform((list, context) => {
    const urls = list.split(",").map((url) => url.trim());
    for (const url of urls) if (!URL.canParse(url)) context.addIssue(`${url} is not an address`);
    return urls;
  }),
  SETUP_URL: z.url(),
  SEED: z.string().optional(),
});

interface Settings {
  options: LocalGithubOptions;
  /** A JSON file of users, organizations, repositories and installations. */
  seed: string | undefined;
}

/** Reads the environment; throws an error that names each wrong or missing variable and its rule. */
export function readEnvironment(): Settings {
  const parsed = Environment.safeParse(process.env);
  if (!parsed.success) throw new Error(`The environment does not fit:\n${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  return {
    seed: env.SEED,
    options: {
      port: env.PORT,
      host: env.HOST,
      dataDir: env.DATA_DIR,
      publicUrl: env.PUBLIC_URL,
      app: {
        id: env.APP_ID,
        slug: env.APP_SLUG,
        name: env.APP_NAME,
        publicKey: env.APP_PUBLIC_KEY,
        clientId: env.CLIENT_ID,
        clientSecret: env.CLIENT_SECRET,
        webhookUrl: env.WEBHOOK_URL,
        webhookSecret: env.WEBHOOK_SECRET,
        callbackUrls: env.CALLBACK_URLS,
        setupUrl: env.SETUP_URL,
      },
    },
  };
}
