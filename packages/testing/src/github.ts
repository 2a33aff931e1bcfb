import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { baseEnvironment } from "./base-environment.ts";
import { type Child, startChild } from "./child.ts";
import { nodeBinary, repositoryRoot } from "./paths.ts";
import type { WorldSecrets } from "./world-secrets.ts";

export type GithubApp = {
  appId: string;
  slug: string;
  publicKey: string;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
};

/** Our App as the local GitHub knows it. */
export function localApp(secrets: WorldSecrets): GithubApp {
  const { appPublicKey: publicKey, clientId, clientSecret, webhookSecret } = secrets;
  return { appId: "1001", slug: "branchline-local", publicKey, clientId, clientSecret, webhookSecret };
}

type Asked = { method: string; path: string; at: number };

export type GithubFault = {
  pathPrefix: string;
  method?: string;
  status: number;
  headers?: Record<string, string>;
  /** The answer comes so much later. */
  delayMs?: number;
  /** How many requests; one unless said. */
  count?: number;
};

export type LocalGithub = {
  url: string;
  apiUrl: string;
  child: Child;
  /** Sets the scene: what a person would click together on GitHub. `path` comes after `/_local`. */
  put(path: string, body: object): Promise<Record<string, unknown>>;
  /** Answers requests with a fault until it ran out, or until it is healed. */
  fail(fault: GithubFault): Promise<void>;
  heal(): Promise<void>;
  /** The latest requests, oldest first. */
  requests(): Promise<Asked[]>;
  /** A personal access token. */
  token(login: string): Promise<string>;
  /** A call of GitHub's REST API as that person. */
  rest(token: string, method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
};

/** apps/local-github in a process of its own; a second start with the same directory has the same repositories. */
export async function startLocalGithub(options: {
  directory: string;
  port: number;
  logFile: string;
  app: GithubApp;
  webUrl: string;
  apiUrl: string;
}): Promise<LocalGithub> {
  const { app, webUrl } = options;
  const url = `http://localhost:${options.port}`;
  await mkdir(options.directory, { recursive: true });
  const child = await startChild({
    name: "The local GitHub",
    command: nodeBinary,
    args: ["--no-warnings", join(repositoryRoot, "apps/local-github/src/main.ts")],
    environment: {
      ...baseEnvironment(),
      PORT: String(options.port),
      DATA_DIR: options.directory,
      PUBLIC_URL: url,
      APP_ID: app.appId,
      APP_SLUG: app.slug,
      APP_PUBLIC_KEY: app.publicKey,
      CLIENT_ID: app.clientId,
      CLIENT_SECRET: app.clientSecret,
      WEBHOOK_URL: `${options.apiUrl}/webhooks/github`,
      WEBHOOK_SECRET: app.webhookSecret,
      CALLBACK_URLS: `${webUrl}/api/auth/callback/github`,
      SETUP_URL: `${webUrl}/github/setup`,
    },
    logFile: options.logFile,
    isReady: (line) => line.startsWith("listening on"),
  });
  const local = (method: string, path: string, body?: object) => call(method, `${url}/_local${path}`, {}, body);
  return {
    url,
    apiUrl: `${url}/api/v3`,
    child,
    put: (path, body) => local("PUT", path, body),
    async fail(fault) {
      await local("POST", "/faults", fault);
    },
    async heal() {
      await local("DELETE", "/faults");
    },
    requests: async () => (await local("GET", "/requests")).requests as Asked[],
    token: async (login) => String((await local("POST", "/tokens", { login })).token),
    rest: (token, method, path, body) => {
      return call(method, `${url}/api/v3${path}`, { authorization: `Bearer ${token}` }, body);
    },
    stop: () => child.stop(),
  };
}

async function call(method: string, url: string, headers: Record<string, string>, body?: object) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} was answered with ${response.status}: ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
}
