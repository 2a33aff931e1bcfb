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

export type LocalGithub = {
  url: string;
  apiUrl: string;
  child: Child;
  /** Sets the scene: what a person would click together on GitHub. `path` comes after `/_local`. */
  put(path: string, body: object): Promise<Record<string, unknown>>;
  /** The next requests whose path begins so are answered with a status. */
  fail(pathPrefix: string, status: number, count: number): Promise<unknown>;
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
  const local = (method: string, path: string, body: object) => call(method, `${url}/_local${path}`, {}, body);
  return {
    url,
    apiUrl: `${url}/api/v3`,
    child,
    put: (path, body) => local("PUT", path, body),
    fail: (pathPrefix, status, count) => local("POST", "/faults", { pathPrefix, status, count }),
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
