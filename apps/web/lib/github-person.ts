import { z } from "zod";
import { env } from "@/env";

const User = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string().nullish(),
  avatar_url: z.string(),
});
const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

export type GitHubPerson = { id: string; login: string; name: string; email: string; image: string };

/** Who a token belongs to; null when GitHub knows no verified primary address of theirs. */
export async function readPerson(accessToken: string): Promise<GitHubPerson | null> {
  const [user, emails] = await Promise.all([
    get("/user", accessToken).then((body) => User.parse(body)),
    readEmails(accessToken),
  ]);
  const primary = emails.find((email) => email.primary && email.verified);
  if (primary === undefined) return null;
  const { id, login, name, avatar_url: image } = user;
  return { id: String(id), login, name: name || login, email: primary.email.toLowerCase(), image };
}

async function readEmails(accessToken: string): Promise<z.infer<typeof Emails>> {
  return Emails.parse(await get("/user/emails?per_page=100", accessToken));
}

const timeoutMs = 10_000;

async function get(path: string, accessToken: string): Promise<unknown> {
  const response = await fetch(`${env().GITHUB_API_URL}${path}`, {
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${path}`);
  return response.json();
}
