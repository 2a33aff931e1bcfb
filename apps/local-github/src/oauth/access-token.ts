import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import {
  findToken,
  hashSecret,
  isOver,
  issueToken,
  REFRESH_TOKEN_SECONDS,
  USER_TOKEN_SECONDS,
} from "../auth/tokens.ts";
import type { World } from "../world.ts";

type Fields = Record<string, string | undefined>;
type Answer = Record<string, string | number>;

class OAuthError extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.name = "OAuthError";
    this.code = code;
  }
}

/** `POST /login/oauth/access_token`: a code or a refresh token becomes tokens. Errors are 200, as on GitHub. */
export async function accessToken(world: World, c: Context): Promise<Response> {
  const answer = await answerTo(world, await fieldsOf(c)).catch((error: unknown) => {
    if (error instanceof OAuthError) return errorBody(error);
    throw error;
  });
  c.header("Cache-Control", "no-store");
  if (c.req.header("accept")?.includes("json")) return c.json(answer);
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(answer)) form.set(key, String(value));
  return c.body(form.toString(), 200, { "content-type": "application/x-www-form-urlencoded; charset=utf-8" });
}

async function fieldsOf(c: Context): Promise<Fields> {
  const asked = Object.fromEntries(new URL(c.req.url).searchParams);
  const json = c.req.header("content-type")?.includes("json");
  const body = json ? await c.req.json<unknown>().catch(() => ({})) : await c.req.parseBody();
  const strings = Object.entries(body as Record<string, unknown>).filter(([, value]) => typeof value === "string");
  return { ...asked, ...basicOf(c), ...(Object.fromEntries(strings) as Fields) };
}

/** Client id and secret may also come as Basic authentication. */
function basicOf(c: Context): Fields {
  const [, encoded] = /^basic\s+(.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (!encoded) return {};
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret) };
}

function errorBody(error: OAuthError): Answer {
  return {
    error: error.code,
    error_description: error.message,
    error_uri:
      "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/",
  };
}

async function answerTo(world: World, fields: Fields): Promise<Answer> {
  const { app } = world.options;
  if (fields.client_id !== app.clientId || !sameSecret(fields.client_secret ?? "", app.clientSecret)) {
    throw new OAuthError("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
  }
  const grant = fields.grant_type ?? "authorization_code";
  if (grant === "refresh_token") return issue(world, userOfRefreshToken(world, fields.refresh_token ?? ""));
  if (grant === "authorization_code") return issue(world, userOfCode(world, fields));
  throw new OAuthError("unsupported_grant_type", "The grant type is not supported.");
}

function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)));
}

const BAD_CODE = "The code passed is incorrect or expired.";

/** A code works once, for the address it was given to, and with the verifier that it was asked with. */
function userOfCode(world: World, fields: Fields): number {
  const hash = hashSecret(fields.code ?? "");
  const code = world.store.codes.find((row) => row.hash === hash);
  if (code) world.store.codes.remove(code.id);
  if (!code || isOver(code.expiresAt)) throw new OAuthError("bad_verification_code", BAD_CODE);
  if (fields.redirect_uri !== undefined && fields.redirect_uri !== code.redirectUri) {
    throw new OAuthError(
      "redirect_uri_mismatch",
      "The redirect_uri MUST match the registered callback URL for this application.",
    );
  }
  const challenge = createHash("sha256")
    .update(fields.code_verifier ?? "")
    .digest("base64url");
  if (code.codeChallenge !== null && code.codeChallenge !== challenge) {
    throw new OAuthError("bad_verification_code", BAD_CODE);
  }
  return code.userId;
}

/** A refresh token works once. */
function userOfRefreshToken(world: World, text: string): number {
  const token = findToken(world, text);
  if (token?.kind !== "refresh" || token.userId === null) {
    throw new OAuthError("bad_refresh_token", "The refresh token passed is incorrect or expired.");
  }
  world.store.tokens.remove(token.id);
  return token.userId;
}

function issue(world: World, userId: number): Answer {
  const access = issueToken(world, { kind: "user", userId, seconds: USER_TOKEN_SECONDS });
  const refresh = issueToken(world, { kind: "refresh", userId, seconds: REFRESH_TOKEN_SECONDS });
  return {
    access_token: access.text,
    expires_in: USER_TOKEN_SECONDS,
    refresh_token: refresh.text,
    refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
    scope: "",
    token_type: "bearer",
  };
}
