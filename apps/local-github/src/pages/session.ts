import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { hashSecret, inSeconds, isOver, randomSecret } from "../auth/tokens.ts";
import { RestError } from "../rest/errors.ts";
import type { Account } from "../store/records.ts";
import type { World } from "../world.ts";

/** Cookies know no ports, so the name must differ from those of other local servers. */
const COOKIE = "local_github_session";
const SESSION_SECONDS = 14 * 24 * 60 * 60;

export function signedInUser(world: World, c: Context): Account | null {
  const secret = getCookie(c, COOKIE);
  if (!secret) return null;
  const hash = hashSecret(secret);
  const session = world.store.sessions.find((row) => row.hash === hash && !isOver(row.expiresAt));
  return session ? (world.store.accounts.get(session.userId) ?? null) : null;
}

export function signIn(world: World, c: Context, user: Account): void {
  const secret = randomSecret();
  for (const row of world.store.sessions.filter((one) => isOver(one.expiresAt))) world.store.sessions.remove(row.id);
  world.store.sessions.insert({ hash: hashSecret(secret), userId: user.id, expiresAt: inSeconds(SESSION_SECONDS) });
  setCookie(c, COOKIE, secret, { httpOnly: true, sameSite: "Lax", path: "/", maxAge: SESSION_SECONDS });
}

export function signOut(world: World, c: Context): void {
  const secret = getCookie(c, COOKIE);
  const hash = secret ? hashSecret(secret) : "";
  for (const row of world.store.sessions.filter((one) => one.hash === hash)) world.store.sessions.remove(row.id);
  deleteCookie(c, COOKIE, { path: "/" });
}

/** A form may only be posted by one of our own pages. */
function demandOwnForm(c: Context): void {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  const otherOrigin = origin !== undefined && !origin.endsWith(`://${c.req.header("host")}`);
  if (foreign || otherOrigin) throw new RestError(403, "This form belongs to another site.");
}

/** Text fields of a posted form; a name given several times keeps all its values in `all`. */
export async function readForm(c: Context) {
  demandOwnForm(c);
  const form = await c.req.formData();
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    get: (name: string) => text(form.get(name)),
    all: (name: string) => form.getAll(name).map(text),
  };
}

/** A path of this server to go back to; anything else becomes `/`. */
export function ownPath(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) ? path : "/";
}
