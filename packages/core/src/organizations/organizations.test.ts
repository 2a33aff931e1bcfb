import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import type { OutsideCtx } from "../ctx.ts";
import { createOrganization } from "./create.ts";
import { countPendingSetup, findMembership, listOrganizations } from "./queries.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

async function outside(): Promise<OutsideCtx> {
  return { db, now: () => new Date(), doorbell: { ring: async () => undefined }, user: await given.user() };
}

describe("an organization", () => {
  it("belongs to who created it, and its audit entry says so", async () => {
    const { ctx, slug, owner, organizationId } = await given.organization();
    expect(await findMembership(db, { slug, userId: owner.userId })).toEqual({
      organizationId,
      slug,
      name: "Acme",
      role: "owner",
      userId: owner.userId,
    });
    const [entry] = await ctx.db.auditEntry.findMany({ where: { organizationId } });
    expect(entry).toMatchObject({ action: "organization.create", actorId: owner.userId, actorRole: "owner" });
  });

  it("is not created at a taken address, and nothing is left behind", async () => {
    const { slug } = await given.organization();
    const second = await outside();
    await expect(createOrganization(second, { name: "Other", slug })).rejects.toMatchObject({
      code: "conflict",
      field: "slug",
    });
    expect(await listOrganizations(db, second.user?.userId ?? "")).toEqual([]);
  });

  it("is not created without a person", async () => {
    const { user: _, ...nobody } = await outside();
    await expect(createOrganization(nobody, { name: "X", slug: "nobodys" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("goes to one of ten who ask for its address at once", async () => {
    const slug = `race-${crypto.randomUUID().slice(0, 8)}`;
    const asked = Array.from({ length: 10 }, async () => createOrganization(await outside(), { name: "Race", slug }));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of settled) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    }
  });

  it("is not there for who is no member of it", async () => {
    const { slug } = await given.organization();
    const { userId } = await given.user();
    expect(await findMembership(db, { slug, userId })).toBeNull();
    expect(await findMembership(db, { slug: "there-is-none", userId })).toBeNull();
  });

  it("counts its own first steps alone", async () => {
    const one = await given.organization();
    const other = await given.organization();
    expect(await countPendingSetup(one.ctx)).toEqual({ installations: 0, deployProfiles: 0, enabledServices: 0 });
    await given.service(other);
    expect(await countPendingSetup(one.ctx)).toEqual({ installations: 0, deployProfiles: 0, enabledServices: 0 });
    expect(await countPendingSetup(other.ctx)).toEqual({ installations: 1, deployProfiles: 1, enabledServices: 1 });
  });
});
