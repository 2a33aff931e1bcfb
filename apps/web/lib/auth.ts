import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { env } from "@/env";
import { sessionCookies } from "./cookies";
import { db } from "./db";
import { readPerson } from "./github-person";

type Auth = ReturnType<typeof createAuth>;

const key = Symbol.for("branchline.auth");
const shared = globalThis as { [key]?: Auth };

export function auth(): Auth {
  shared[key] ??= createAuth();
  return shared[key];
}

const rateWindowSeconds = 10;
const disabledPaths = [
  "/get-access-token",
  "/refresh-token",
  "/account-info",
  "/link-social",
  "/unlink-account",
  "/update-user",
  "/change-email",
  "/delete-user",
];

function createAuth() {
  const { AUTH_SECRET, WEB_URL, AUTH_REQUESTS_PER_10_S } = env();
  const rate = { window: rateWindowSeconds, max: AUTH_REQUESTS_PER_10_S };
  return betterAuth({
    baseURL: WEB_URL,
    secret: AUTH_SECRET,
    telemetry: { enabled: false },
    database: prismaAdapter(db(), { provider: "postgresql" }),
    // One GitHub account is one person: an address that moved to another account does not take the person along.
    // The state of a sign-in is in the browser's own cookie: who only begins one leaves nothing with us.
    account: { encryptOAuthTokens: true, accountLinking: { enabled: false }, storeStateStrategy: "cookie" },
    advanced: sessionCookies(WEB_URL),
    user: { additionalFields: { login: { type: "string", required: false, input: false } } },
    rateLimit: { enabled: true, ...rate, customRules: { "/sign-in/*": rate, "/callback/*": rate } },
    // What GitHub says of a person is not theirs to edit here, and no token leaves the server.
    disabledPaths,
    onAPIError: { errorURL: `${WEB_URL}/` },
    plugins: [genericOAuth({ config: [gitHub()] }), nextCookies()],
  });
}

/** The built-in provider knows github.com alone; this one also speaks to an Enterprise server. */
function gitHub() {
  const { GITHUB_URL, GITHUB_API_URL, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  return {
    providerId: "github",
    clientId: GITHUB_CLIENT_ID,
    clientSecret: GITHUB_CLIENT_SECRET,
    authorizationUrl: `${GITHUB_URL}/login/oauth/authorize`,
    tokenUrl: `${GITHUB_URL}/login/oauth/access_token`,
    userInfoUrl: `${GITHUB_API_URL}/user`,
    scopes: ["read:user", "user:email"],
    overrideUserInfo: true,
    getUserInfo: async ({ accessToken }: { accessToken?: string | undefined }) => {
      const person = accessToken === undefined ? null : await readPerson(accessToken);
      return person === null ? null : { ...person, emailVerified: true };
    },
    mapProfileToUser: (profile: Record<string, unknown>) => ({ login: String(profile.login) }),
  };
}
