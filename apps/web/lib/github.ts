import { createGithub, type Github } from "@branchline/github";
import { env } from "@/env";

const key = Symbol.for("branchline.github");
const shared = globalThis as { [key]?: Github };

export function github(): Github {
  const variables = env();
  shared[key] ??= createGithub({
    url: variables.GITHUB_URL,
    apiUrl: variables.GITHUB_API_URL,
    appId: variables.GITHUB_APP_ID,
    slug: variables.GITHUB_APP_SLUG,
    privateKey: variables.GITHUB_APP_PRIVATE_KEY,
    clientId: variables.GITHUB_CLIENT_ID,
    clientSecret: variables.GITHUB_CLIENT_SECRET,
  });
  return shared[key];
}
