import { App } from "@octokit/app";
import { Octokit } from "@octokit/core";

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

export function connect(options: GithubOptions): Connection {
  const AtHost = Octokit.defaults({
    baseUrl: options.apiUrl,
    userAgent: "branchline",
    request: {
      fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    },
  });
  const app = new App({
    appId: options.appId,
    // An environment variable often carries the line ends of a PEM as \n.
    privateKey: options.privateKey.replaceAll("\\n", "\n"),
    Octokit: AtHost,
  });
  return {
    options,
    app: app.octokit,
    installation: (githubId) => app.getInstallationOctokit(Number(githubId)),
    user: (userToken) => new AtHost({ auth: userToken }),
  };
}
