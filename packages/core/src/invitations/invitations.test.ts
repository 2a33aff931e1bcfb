import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import type { OutsideCtx } from "../ctx.ts";
import { acceptInvitation } from "./accept.ts";
import { createInvitation } from "./create.ts";
import { findInvitation, listInvitations, listOwnInvitations } from "./queries.ts";
import { revokeInvitation } from "./revoke.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

const dayMs = 24 * 60 * 60 * 1000;

async function asked(now = () => new Date()): Promise<OutsideCtx & { user: Awaited<ReturnType<typeof given.user>> }> {
  return { db, now, doorbell: { ring: async () => undefined }, user: await given.user() };
}

describe("an invitation", () => {
  it("makes the invited person a member with its role, once", async () => {
    const one = await given.organization();
    const person = await asked();
    const { token } = await createInvitation(one.ctx, {
      email: ` ${person.user.email.toUpperCase()} `,
      role: "developer",
    });
    expect(token).toMatch(/^[\w-]{43}$/);
    const accept = { token, verifiedEmails: ["other@example.com", person.user.email.toUpperCase()] };
    expect(await acceptInvitation(person, accept)).toEqual({ slug: one.slug });
    const member = await db.member.findFirst({ where: { userId: person.user.userId } });
    expect(member).toMatchObject({ organizationId: one.organizationId, role: "developer" });
    await expect(acceptInvitation(person, accept)).rejects.toMatchObject({ code: "conflict" });
    expect(await listInvitations(one.ctx)).toEqual([]);
  });

  it("threat 44: an invitation read from the database: a hash, which opens nothing", async () => {
    const one = await given.organization();
    const { token, invitationId } = await createInvitation(one.ctx, { email: "a@example.com", role: "viewer" });
    const row = await db.invitation.findUniqueOrThrow({ where: { id: invitationId } });
    expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([row, await db.auditEntry.findMany({ where: { subjectId: invitationId } })])).not.toContain(
      token,
    );
  });

  it("threat 44: an invitation in somebody else's hands: nothing, it is for its address alone", async () => {
    const one = await given.organization();
    const { token } = await createInvitation(one.ctx, { email: "ada@example.com", role: "viewer" });
    const person = await asked();
    const verifiedEmails = [person.user.email, "ada@example.com.evil.com", ""];
    await expect(acceptInvitation(person, { token, verifiedEmails })).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.member.count({ where: { userId: person.user.userId } })).toBe(0);
  });

  it("ends after seven days", async () => {
    const one = await given.organization();
    const person = await asked(() => new Date(Date.now() + 7 * dayMs));
    const { token } = await createInvitation(one.ctx, { email: person.user.email, role: "viewer" });
    expect(await findInvitation(db, token, new Date(Date.now() + 6 * dayMs))).toMatchObject({ state: "open" });
    expect(await findInvitation(db, token, person.now())).toMatchObject({ state: "expired", organizationName: "Acme" });
    const accepted = acceptInvitation(person, { token, verifiedEmails: [person.user.email] });
    await expect(accepted).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends when it is revoked, and when the address is invited anew", async () => {
    const one = await given.organization();
    const person = await asked();
    const email = person.user.email;
    const first = await createInvitation(one.ctx, { email, role: "viewer" });
    const second = await createInvitation(one.ctx, { email, role: "developer" });
    expect((await listInvitations(one.ctx)).map((row) => row.invitationId)).toEqual([second.invitationId]);
    await revokeInvitation(one.ctx, { invitationId: second.invitationId });
    for (const { token } of [first, second]) {
      await expect(acceptInvitation(person, { token, verifiedEmails: [email] })).rejects.toMatchObject({
        code: "conflict",
      });
      expect((await findInvitation(db, token, new Date()))?.state).toBe("revoked");
    }
    const again = revokeInvitation(one.ctx, { invitationId: second.invitationId });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves the role of who is a member already as it is", async () => {
    const one = await given.organization();
    const { user } = await given.member(one, "viewer");
    const second = "second@example.com";
    const { token } = await createInvitation(one.ctx, { email: second, role: "admin" });
    await acceptInvitation({ ...(await asked()), user }, { token, verifiedEmails: [second] });
    expect(await db.member.findFirst({ where: { userId: user.userId } })).toMatchObject({ role: "viewer" });
  });

  it("threat 44: an invitation to more than the inviter's own role: refused", async () => {
    const one = await given.organization();
    const admin = await given.member(one, "admin");
    const developer = await given.member(one, "developer");
    const email = "x@example.com";
    await expect(createInvitation(admin.ctx, { email, role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
      field: "role",
    });
    await expect(createInvitation(developer.ctx, { email, role: "viewer" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await createInvitation(admin.ctx, { email, role: "admin" });
    expect(await listInvitations(developer.ctx)).toEqual([]);
    expect(await listInvitations(admin.ctx)).toMatchObject([
      { email, role: "admin", invitedBy: admin.user.name, state: "open" },
    ]);
  });

  it("is not made for a member or for what is no address", async () => {
    const one = await given.organization();
    const member = createInvitation(one.ctx, { email: one.owner.email, role: "viewer" });
    await expect(member).rejects.toMatchObject({ code: "conflict", field: "email" });
    await expect(createInvitation(one.ctx, { email: "ada", role: "viewer" })).rejects.toMatchObject({
      name: "ZodError",
    });
  });

  it("of another organization is not there", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const { invitationId } = await createInvitation(other.ctx, { email: "x@example.com", role: "viewer" });
    await expect(revokeInvitation(one.ctx, { invitationId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listInvitations(one.ctx)).toEqual([]);
    expect(await listInvitations(other.ctx)).toHaveLength(1);
    const unknown = { token: "unknown", verifiedEmails: [] };
    await expect(acceptInvitation(await asked(), unknown)).rejects.toMatchObject({ code: "not_found" });
    expect(await findInvitation(db, "unknown", new Date())).toBeNull();
  });

  it("shows itself to the person whose verified address it is for, and to nobody else, until it is accepted", async () => {
    const one = await given.organization();
    const [person, other] = [await asked(), await asked()];
    const email = person.user.email;
    const { invitationId } = await createInvitation(one.ctx, { email: email.toUpperCase(), role: "developer" });
    const seenBy = ({ user }: typeof person) => listOwnInvitations(db, { userId: user.userId, now: new Date() });
    expect(await seenBy(person)).toMatchObject([
      { invitationId, organizationName: "Acme", role: "developer", invitedBy: one.owner.name },
    ]);
    expect(await seenBy(other)).toEqual([]);
    const stranger = acceptInvitation(other, { invitationId, verifiedEmails: [other.user.email] });
    await expect(stranger).rejects.toMatchObject({ code: "not_found" });
    expect(await acceptInvitation(person, { invitationId, verifiedEmails: [email] })).toEqual({ slug: one.slug });
    expect(await seenBy(person)).toEqual([]);
  });

  it("does not show itself when its address is not verified, when it is over, or to a member", async () => {
    const one = await given.organization();
    const person = await asked();
    const { userId, email } = person.user;
    const seen = (now = new Date()) => listOwnInvitations(db, { userId, now });
    const { invitationId } = await createInvitation(one.ctx, { email, role: "viewer" });
    expect(await seen(new Date(Date.now() + 8 * dayMs))).toEqual([]);
    await db.user.update({ where: { id: userId }, data: { emailVerified: false } });
    expect(await seen()).toEqual([]);
    await db.user.update({ where: { id: userId }, data: { emailVerified: true } });
    expect(await seen()).toHaveLength(1);
    await revokeInvitation(one.ctx, { invitationId });
    expect(await seen()).toEqual([]);
    await createInvitation(one.ctx, { email, role: "viewer" });
    await db.member.create({ data: { organizationId: one.organizationId, userId, role: "viewer" } });
    expect(await seen()).toEqual([]);
  });
});
