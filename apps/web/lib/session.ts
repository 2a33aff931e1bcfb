import "server-only";
import { APIError } from "better-auth/api";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "./auth";
import { requestedPath } from "./requested-path";

export type SignedIn = { userId: string; name: string; email: string; login: string; image: string | null };

/** Who asks; null when nobody is signed in. Read once per request. */
export const findSession = cache(async (): Promise<SignedIn | null> => {
  const session = await auth()
    .api.getSession({ headers: await headers() })
    .catch(rethrowCause);
  if (session === null) return null;
  const { id: userId, name, email, login, image } = session.user;
  return { userId, name, email, login: login ?? name, image: image ?? null };
});

/** What better-auth wraps: a database that is away is told from a fault of ours. */
function rethrowCause(error: unknown): never {
  throw error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** Sends a stranger to sign in, and back here afterwards. */
export async function requireSession(): Promise<SignedIn> {
  const session = await findSession();
  if (session !== null) return session;
  redirect(`/?next=${encodeURIComponent(await requestedPath())}`);
}

/** The person's own GitHub token, refreshed when it has expired; null when GitHub no longer takes it. */
export async function findGitHubToken(): Promise<string | null> {
  const asker = { headers: await headers() };
  try {
    const accounts = await auth().api.listUserAccounts(asker);
    const account = accounts.find(({ providerId }) => providerId === "github");
    if (account === undefined) return null;
    const tokens = await auth().api.getAccessToken({ ...asker, body: { accountId: account.id } });
    return tokens.accessToken;
  } catch (error) {
    if (error instanceof APIError) return null;
    throw error;
  }
}
