import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { changeMemberRole } from "./change-role.ts";
import { leaveOrganization } from "./leave.ts";
import { listMembers } from "./queries.ts";
import { removeMember } from "./remove.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

async function memberOf(ctx: Parameters<typeof listMembers>[0], userId: string): Promise<string> {
  const member = (await listMembers(ctx)).find((row) => row.userId === userId);
  if (member === undefined) throw new Error(`${userId} is no member`);
  return member.memberId;
}

describe("members", () => {
  it("are listed with who they are, for their own organization alone", async () => {
    const one = await given.organization();
    const { user } = await given.member(one, "developer");
    await given.organization();
    const members = await listMembers(one.ctx);
    expect(members.map((row) => [row.name, row.role])).toEqual([
      [one.owner.name, "owner"],
      [user.name, "developer"],
    ]);
    expect(members[1]).toMatchObject({ login: user.name, email: user.email, image: null });
  });

  it("change their role by an admin's hand, and leave an audit entry", async () => {
    const one = await given.organization();
    const admin = await given.member(one, "admin");
    const viewer = await given.member(one, "viewer");
    const memberId = await memberOf(one.ctx, viewer.user.userId);
    await changeMemberRole(admin.ctx, { memberId, role: "developer" });
    expect((await listMembers(one.ctx)).find((row) => row.memberId === memberId)?.role).toBe("developer");
    const where = { organizationId: one.organizationId, action: "member.change_role" };
    expect(await db.auditEntry.findFirst({ where })).toMatchObject({
      detail: { from: "viewer", to: "developer" },
      subjectId: memberId,
    });
  });

  it("change nothing as viewers or developers", async () => {
    const one = await given.organization();
    const memberId = await memberOf(one.ctx, one.owner.userId);
    for (const role of ["viewer", "developer"] as const) {
      const { ctx } = await given.member(one, role);
      await expect(changeMemberRole(ctx, { memberId, role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(removeMember(ctx, { memberId })).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("who are admins neither make owners nor touch them", async () => {
    const one = await given.organization();
    const { ctx, user } = await given.member(one, "admin");
    const ownerId = await memberOf(ctx, one.owner.userId);
    const ownId = await memberOf(ctx, user.userId);
    await expect(changeMemberRole(ctx, { memberId: ownId, role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeMemberRole(ctx, { memberId: ownerId, role: "viewer" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(removeMember(ctx, { memberId: ownerId })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("always include an owner, also when two owners leave at once", async () => {
    const one = await given.organization();
    const second = await given.member(one, "owner");
    const [first, other] = [await memberOf(one.ctx, one.owner.userId), await memberOf(one.ctx, second.user.userId)];
    const settled = await Promise.allSettled([
      removeMember(one.ctx, { memberId: other }),
      changeMemberRole(second.ctx, { memberId: first, role: "viewer" }),
    ]);
    expect(settled.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect((await listMembers(one.ctx)).filter((row) => row.role === "owner")).toHaveLength(1);
  });

  it.each(["viewer", "developer", "admin"] as const)(
    "leave as %s by themselves, once, with an audit entry",
    async (role) => {
      const one = await given.organization();
      const { ctx, user } = await given.member(one, role);
      const memberId = await memberOf(ctx, user.userId);
      await leaveOrganization(ctx);
      expect((await listMembers(one.ctx)).map(({ userId }) => userId)).toEqual([one.owner.userId]);
      const where = { organizationId: one.organizationId, action: "member.leave" };
      expect(await db.auditEntry.findMany({ where })).toMatchObject([
        { actorId: user.userId, actorRole: role, subjectId: memberId, subjectName: user.name, detail: { role } },
      ]);
      await expect(leaveOrganization(ctx)).rejects.toMatchObject({ code: "not_found" });
    },
  );

  it("leave nobody without an owner, also when two owners leave at once", async () => {
    const one = await given.organization();
    await given.member(one, "admin");
    await expect(leaveOrganization(one.ctx)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("last owner"),
    });
    const second = await given.member(one, "owner");
    const settled = await Promise.allSettled([leaveOrganization(one.ctx), leaveOrganization(second.ctx)]);
    expect(settled.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect((await listMembers(one.ctx)).filter((row) => row.role === "owner")).toHaveLength(1);
  });

  it("leave their own organization alone", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const { ctx, user } = await given.member(one, "viewer");
    await db.member.create({ data: { organizationId: other.organizationId, userId: user.userId, role: "viewer" } });
    await leaveOrganization(ctx);
    expect((await listMembers(other.ctx)).map(({ userId }) => userId)).toContain(user.userId);
    await expect(
      leaveOrganization({ ...other.ctx, actor: ctx.actor, organizationId: one.organizationId }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(leaveOrganization({ ...one.ctx, actor: { kind: "github", name: "GitHub" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("of another organization are not there", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const memberId = await memberOf(other.ctx, other.owner.userId);
    const absent = { memberId: crypto.randomUUID() };
    const refusal = await removeMember(one.ctx, absent).catch((error: unknown) => error);
    await expect(removeMember(one.ctx, { memberId })).rejects.toEqual(refusal);
    await expect(changeMemberRole(one.ctx, { memberId, role: "viewer" })).rejects.toEqual(refusal);
    expect(await listMembers(other.ctx)).toHaveLength(1);
  });
});
