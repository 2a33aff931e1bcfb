import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Which organization an installation of the App is for, carried by GitHub and held against the browser's cookie. */
export type InstallState = { org: string; nonce: string };

const State = z.object({ org: z.string(), nonce: z.string() });

export const installCookie = "install";
export const installCookieSeconds = 3_600;

export function newInstallState(org: string): InstallState {
  return { org, nonce: randomUUID() };
}

export function signState(state: InstallState, secret: string): string {
  const body = Buffer.from(JSON.stringify(state)).toString("base64url");
  return `${body}.${signatureOf(body, secret)}`;
}

/** Null for a cookie that is missing, that we did not write, or that belongs to another walk than the one GitHub hands back. */
export function readState(cookie: string | undefined, nonce: string | null, secret: string): InstallState | null {
  const [body, signature] = cookie?.split(".") ?? [];
  if (body === undefined || signature === undefined || !isEqual(signature, signatureOf(body, secret))) return null;
  const state = State.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  return state.success && nonce !== null && isEqual(state.data.nonce, nonce) ? state.data : null;
}

function signatureOf(body: string, secret: string): string {
  return createHmac("sha256", secret).update(`install-state:${body}`).digest("base64url");
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
