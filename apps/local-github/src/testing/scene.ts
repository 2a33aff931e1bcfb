import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { SignJWT } from "jose";
import type { LocalGithubOptions } from "../options.ts";
import { startLocalGithub } from "../server.ts";
import { startReceiver } from "./receiver.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const APP = {
  id: 7,
  slug: "branchline",
  clientId: "Iv1.test",
  clientSecret: "client-secret",
  webhookSecret: "hush",
};
export const CALLBACK = "http://localhost:3000/api/auth/callback/github";
export const SETUP = "http://localhost:3000/github/installed";

export type Json = Record<string, unknown>;
export type Scene = Awaited<ReturnType<typeof startScene>>;

/** A JSON web token of the App, as its private key signs them. */
export function appJwt(claims: Json = {}): Promise<string> {
  const at = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: String(APP.id), iat: at - 30, exp: at + 300, ...claims })
    .setProtectedHeader({ alg: "RS256" })
    .sign(keys.privateKey);
}

/**
 * A running local GitHub with a webhook receiver: people ada (admin of acme), bo (member of acme) and eve (nobody),
 * private acme/shop and acme/secret with a first commit, and the App on acme/shop only.
 */
export async function startScene() {
  const folder = await mkdtemp(join(tmpdir(), "local-github-test-"));
  const receiver = await startReceiver();
  const options: LocalGithubOptions = {
    port: 0,
    dataDir: join(folder, "data"),
    app: {
      ...APP,
      name: "Branchline",
      publicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
      webhookUrl: receiver.url,
      callbackUrls: [CALLBACK],
      setupUrl: SETUP,
    },
  };
  const github = await startLocalGithub(options);
  let running = true;
  const stopGithub = async () => {
    if (running) await github.stop();
    running = false;
  };
  const clients = clientsOf(github.url);
  const ids = await seed(folder, clients.local);
  return {
    ...clients,
    ...ids,
    folder,
    options,
    url: github.url,
    receiver,
    git: gitIn(folder, github.url),
    /** For a test that starts another on the same data; call the other's stop before the scene's. */
    stopGithub,
    stop: async () => {
      await stopGithub();
      await receiver.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function clientsOf(url: string) {
  const rest = (
    method: string,
    path: string,
    token?: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${url}/api/v3${path}`, {
      method,
      redirect: "manual",
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const local = async (method: string, path: string, body: unknown): Promise<Json> => {
    const response = await fetch(`${url}/_local${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Json;
  };
  const tokenOf = async (login: string) => String((await local("POST", "/tokens", { login })).token);
  const installationToken = async (installation: unknown, limits: Json = {}) => {
    const path = `/app/installations/${String(installation)}/access_tokens`;
    const response = await rest("POST", path, await appJwt(), limits);
    return String(((await response.json()) as Json).token);
  };
  const appUserToken = async (login: string) => {
    const browser = await signedIn(url, login);
    const query = new URLSearchParams({ client_id: APP.clientId, redirect_uri: CALLBACK, authorize: "1" });
    const answer = await browser("POST", "/login/oauth/authorize", query);
    const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const body = { client_id: APP.clientId, client_secret: APP.clientSecret, code };
    const headers = { "content-type": "application/json", accept: "application/json" };
    const response = await fetch(`${url}/login/oauth/access_token`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return String(((await response.json()) as Json).access_token);
  };
  const browser = (login: string) => signedIn(url, login);
  return { rest, local, tokenOf, installationToken, appUserToken, browser };
}

/** Requests as a browser makes them for a signed-in person; forms are posted, redirects are not followed. */
async function signedIn(url: string, login: string) {
  const answer = await fetch(`${url}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ login }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return (method: "GET" | "POST", path: string, form?: URLSearchParams) =>
    fetch(url + path, {
      method,
      redirect: "manual",
      headers: { cookie, origin: url, "sec-fetch-site": "same-origin" },
      ...(form ? { body: form } : {}),
    });
}

async function seed(folder: string, local: ReturnType<typeof clientsOf>["local"]) {
  const files = {
    "README.md": "# Shop\n",
    "orders/serverless.yml": "service: orders\n",
    "billing/serverless.yml": "service: billing\n",
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "shop", path)), { recursive: true });
    await writeFile(join(folder, "shop", path), content);
  }
  for (const login of ["ada", "bo", "eve"]) {
    await local("PUT", `/users/${login}`, { name: login.toUpperCase(), email: `${login}@example.com` });
  }
  await local("PUT", "/organizations/acme", { admins: ["ada"], members: ["bo"] });
  const from = join(folder, "shop");
  const shop = await local("PUT", "/repositories/acme/shop", { from, author: "ada", message: "First" });
  const secret = await local("PUT", "/repositories/acme/secret", { from, author: "ada" });
  const installation = await local("PUT", "/installations/acme", { repositories: ["shop"] });
  return { shopId: Number(shop.id), secretId: Number(secret.id), installationId: Number(installation.id) };
}

function gitIn(folder: string, url: string) {
  const env = {
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Bo",
    GIT_AUTHOR_EMAIL: "bo@example.com",
    GIT_COMMITTER_NAME: "Bo",
    GIT_COMMITTER_EMAIL: "bo@example.com",
  };
  let clones = 0;
  const run = (cwd: string, ...args: string[]) => execa("git", args, { cwd, env, reject: false });
  const must = async (cwd: string, ...args: string[]) => {
    const result = await run(cwd, ...args);
    if (result.exitCode !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr}`);
    return result.stdout;
  };
  return {
    run: (cwd: string, ...args: string[]) => run(cwd, ...args),
    must,
    remote: (name: string, token: string, user = "x-access-token") =>
      `${url.replace("//", `//${user}:${token}@`)}/${name}.git`,
    /** A fresh clone with its own folder. */
    async clone(name: string, token: string): Promise<string> {
      clones += 1;
      const target = join(folder, `clone-${clones}`);
      await must(folder, "clone", "--quiet", `${url.replace("//", `//x-access-token:${token}@`)}/${name}.git`, target);
      return target;
    },
    /** Writes files, commits them and gives the new commit's SHA. */
    async commit(clone: string, files: Record<string, string>, message: string): Promise<string> {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(clone, path)), { recursive: true });
        await writeFile(join(clone, path), content);
      }
      await must(clone, "add", "--all");
      await must(clone, "commit", "--quiet", "--message", message);
      return must(clone, "rev-parse", "HEAD");
    },
  };
}
