import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { findMembership } from "@branchline/core/organizations/queries";
import type { Db } from "@branchline/db";
import type { LocalGithub } from "../github.ts";

export type Person = { userId: string; githubId: number; login: string; name: string; email: string };

export const people = {
  ada: { login: "ada", name: "Ada Lovelace", email: "ada@acme.example" },
  bo: { login: "bo", name: "Bo Diddley", email: "bo@acme.example" },
  eve: { login: "eve", name: "Eve Outsider", email: "eve@elsewhere.example" },
} as const;

/** Somebody on GitHub who has signed in to us once, so that the next sign-in is theirs. */
export async function signUp(
  db: Db,
  github: LocalGithub,
  who: { login: string; name: string; email: string },
): Promise<Person> {
  const account = await github.put(`/users/${who.login}`, { name: who.name, email: who.email });
  const githubId = Number(account.id);
  const key = { providerId: "github", accountId: String(githubId) };
  const known = await db.account.findUnique({ where: { providerId_accountId: key } });
  const userId = known?.userId ?? crypto.randomUUID();
  if (known === null) {
    const image = String(account.avatar_url);
    await db.user.create({ data: { id: userId, ...who, image, emailVerified: true } });
    await db.account.create({ data: { id: crypto.randomUUID(), userId, ...key } });
  }
  return { userId, githubId, ...who };
}

/** The context in which a member acts. @throws Error when the person is no member */
export async function ctxOf(outside: OutsideCtx, slug: string, person: Person): Promise<Ctx> {
  const membership = await findMembership(outside.db, { slug, userId: person.userId });
  if (membership === null) throw new Error(`${person.login} is no member of ${slug}`);
  const { organizationId, role } = membership;
  const { db, now, doorbell } = outside;
  return { db, now, doorbell, organizationId, actor: { kind: "user", userId: person.userId, name: person.name, role } };
}
