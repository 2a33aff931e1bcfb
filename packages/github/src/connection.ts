import { setTimeout as pause } from "node:timers/promises";
import { App } from "@octokit/app";
import { Octokit } from "@octokit/core";
import { byNumber } from "./place.ts";
import { createQuiet } from "./quiet.ts";

export type GithubOptions = {
  /** https://github.com, or a GitHub Enterprise Server. */
  url: string;
  apiUrl: string;
  appId: string;
  slug: string;
  /** PEM. */
  privateKey: string;
  clientId: string;
  clientSecret: string;
};

export type Connection = {
  options: GithubOptions;
  /** As the App itself. */
  app: Octokit;
  /** As an installation; its token is renewed by itself. */
  installation(installationGithubId: bigint): Promise<Octokit>;
  /** As a person who signed in. */
  user(userToken: string): Octokit;
};

const timeoutMs = 10_000;
const retryMs = 500;

/** What fails is thrown to whoever asked, and logged there. */
const silent = { debug: noted, info: noted, warn: noted, error: noted };
function noted(): void {}

/** A question that met a hiccup is asked once more; whoever waits longer is a job with its own retries. */
async function patientFetch(url: string, init: RequestInit): Promise<Response> {
  const ask = () => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  if (init.method !== "GET") return ask();
  const first = await ask().catch((error: unknown) => {
    if (error instanceof DOMException) throw error;
    return null;
  });
  if (first !== null && (![502, 503, 504].includes(first.status) || first.headers.has("retry-after"))) return first;
  await first?.body?.cancel();
  await pause(retryMs);
  return ask();
}

export function connect(options: GithubOptions): Connection {
  const AtHost = Octokit.defaults({
    baseUrl: options.apiUrl,
    userAgent: "branchline",
    request: { fetch: patientFetch },
    log: silent,
  });
  const app = new App({
    appId: options.appId,
    // An environment variable often carries the line ends of a PEM as \n.
    privateKey: options.privateKey.replaceAll("\\n", "\n"),
    Octokit: AtHost,
    log: silent,
  });
  const quiet = createQuiet();
  return {
    options,
    app: quiet.heed(app.octokit, "app"),
    installation: async (githubId) =>
      quiet.heed(byNumber(await app.getInstallationOctokit(Number(githubId))), String(githubId)),
    user: (userToken) => new AtHost({ auth: userToken }),
  };
}
