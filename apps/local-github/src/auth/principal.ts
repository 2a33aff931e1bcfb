import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { RestError } from "../rest/errors.ts";
import type { Account, Installation, Permissions, Token } from "../store/records.ts";
import type { World } from "../world.ts";
import { findToken } from "./tokens.ts";

/** Who asks. */
export type Principal =
  | { kind: "anonymous" }
  | { kind: "app" }
  | {
      kind: "installation";
      installation: Installation;
      repositoryIds: number[] | null;
      permissions: Permissions;
      token: Token;
    }
  | { kind: "user"; user: Account; viaApp: boolean };

const LONGEST_JWT_SECONDS = 10 * 60;
const CLOCK_SKEW_SECONDS = 60;

/** Reads an Authorization header; throws a 401 for credentials that are wrong, not for none. */
export async function readPrincipal(world: World, header: string | undefined): Promise<Principal> {
  const secret = secretOf(header);
  if (secret === null) return { kind: "anonymous" };
  if (secret.split(".").length === 3) return verifyAppToken(world, secret);
  const principal = principalOf(world, secret);
  if (!principal) throw new RestError(401, "Bad credentials");
  return principal;
}

/** `token x`, `Bearer x`, or Basic with the token as password (or as user name, without a password). */
function secretOf(header: string | undefined): string | null {
  const [scheme = "", value = ""] = (header ?? "").trim().split(/\s+/);
  if (/^(token|bearer)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 || colon === text.length - 1 ? text.replace(/:$/, "") : text.slice(colon + 1);
}

function principalOf(world: World, secret: string): Principal | null {
  const token = findToken(world, secret);
  if (!token || token.kind === "refresh") return null;
  if (token.kind === "installation") return installationPrincipal(world, token);
  const user = world.store.accounts.get(token.userId ?? 0);
  return user ? { kind: "user", user, viaApp: token.kind === "user" } : null;
}

function installationPrincipal(world: World, token: Token): Principal | null {
  const installation = world.store.installations.get(token.installationId ?? 0);
  if (!installation) return null;
  if (installation.suspendedAt !== null) throw new RestError(403, "This installation has been suspended");
  const { repositoryIds, permissions } = token;
  return { kind: "installation", installation, repositoryIds, permissions: permissions ?? {}, token };
}

async function verifyAppToken(world: World, jwt: string): Promise<Principal> {
  try {
    if (decodeProtectedHeader(jwt).alg !== "RS256") throw new errors.JWTInvalid("not RS256");
    const { payload } = await jwtVerify(jwt, world.appKey, { algorithms: ["RS256"] });
    checkClaims(world, payload);
    return { kind: "app" };
  } catch (error) {
    if (error instanceof RestError) throw error;
    throw new RestError(401, error instanceof errors.JWTExpired ? EXPIRED : "A JSON web token could not be decoded");
  }
}

const EXPIRED =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const ISSUED_LATER = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

function checkClaims(world: World, { iss, exp, iat }: JWTPayload): void {
  const { app } = world.options;
  const nowSeconds = Date.now() / 1000;
  if (String(iss) !== String(app.id) && iss !== app.clientId) throw new RestError(404, "Integration not found");
  if (exp === undefined) throw new RestError(401, "Missing 'expiration time' claim ('exp') in assertion");
  if (exp > nowSeconds + LONGEST_JWT_SECONDS + CLOCK_SKEW_SECONDS) {
    throw new RestError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (iat !== undefined && iat > nowSeconds + CLOCK_SKEW_SECONDS) throw new RestError(401, ISSUED_LATER);
}
