import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { listAuditEntries } from "./queries.ts";

const { db, close } = await testDatabase();
afterAll(close);
let tick = Date.now();
// A clock that never stands still, since what is tested is an order.
const given = givenIn(db, () => new Date(tick++));

describe("the audit log", () => {
  it("tells each change of the organization, the newest first, a page at a time", async () => {
    const one = await given.organization();
    await given.profile(one, { proven: false, name: "staging" });
    await given.member(one, "viewer");
    const all = await listAuditEntries(one.ctx);
    expect(all.map((entry) => entry.action)).toEqual([
      "invitation.accept",
      "invitation.create",
      "deploy_profile.create",
      "organization.create",
    ]);
    expect(all[2]).toMatchObject({
      actorKind: "user",
      actorName: one.owner.name,
      actorRole: "owner",
      subjectName: "staging",
    });
    const first = await listAuditEntries(one.ctx, { take: 3 });
    const rest = await listAuditEntries(one.ctx, { take: 3, before: first[2]?.entryId ?? "" });
    expect([...first, ...rest]).toEqual(all);
  });

  it("has nothing of another organization, whatever place is asked for", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const [entry] = await listAuditEntries(other.ctx);
    expect(await listAuditEntries(one.ctx)).toHaveLength(1);
    for (const before of [entry?.entryId ?? "", crypto.randomUUID(), "no id"]) {
      const rows = await listAuditEntries(one.ctx, { before });
      expect(rows.every((row) => row.actorName === one.owner.name)).toBe(true);
    }
  });
});
