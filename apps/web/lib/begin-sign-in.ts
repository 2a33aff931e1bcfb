import { parseSetCookieHeader } from "better-auth/cookies";
import { cookies, headers } from "next/headers";
import { env } from "@/env";
import { auth } from "./auth";
import { cookieAttributes } from "./cookies";

/** What a sign-in is told by: whose browser it is, and where it asks from. */
const told = ["cookie", "origin", "user-agent", "x-forwarded-for"];

/**
 * Begins a sign-in as its endpoint does, so that both are limited together, for each network address.
 * @returns where GitHub asks the person, or null when too many were begun
 */
export async function beginSignIn(callbackURL: string): Promise<string | null> {
  const { WEB_URL } = env();
  const asked = await headers();
  const answer = await auth().handler(
    new Request(`${WEB_URL}/api/auth/sign-in/social`, {
      method: "POST",
      headers: [["content-type", "application/json"], ...told.flatMap((name) => pairOf(name, asked.get(name)))],
      body: JSON.stringify({ provider: "github", callbackURL, errorCallbackURL: "/" }),
    }),
  );
  if (answer.status === 429) return null;
  if (!answer.ok) throw new Error(`A sign-in could not begin: ${answer.status}`);
  const jar = await cookies();
  for (const [name, { value, "max-age": maxAge }] of parseSetCookieHeader(answer.headers.getSetCookie().join(", "))) {
    jar.set(name, decodeURIComponent(value), { ...cookieAttributes(WEB_URL), ...(maxAge !== undefined && { maxAge }) });
  }
  const { url } = (await answer.json()) as { url: string };
  return url;
}

const pairOf = (name: string, value: string | null): [string, string][] => (value === null ? [] : [[name, value]]);
