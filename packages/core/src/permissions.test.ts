import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, expect, test } from "vitest";
import { mutate } from "./mutate.ts";
import { type Action, permissions, roles } from "./permissions.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

/** What each role may do beyond the role before it, written down once more: a change of one must be a change of both. */
const added: Record<(typeof roles)[number], Action[]> = {
  viewer: ["organization.create", "invitation.accept", "member.leave"],
  developer: [
    ...(["installation.sync", "repository.scan", "service.create", "ci_cd.configure", "ci_cd.copy"] as const),
    ...(["parameter.set", "parameter.remove", "deploy_profile.prove"] as const),
    ...(["deployment.queue", "deployment.cancel"] as const),
  ],
  admin: [
    ...(["invitation.create", "invitation.revoke", "member.change_role", "member.remove"] as const),
    ...(["installation.connect", "ci_cd.disable"] as const),
    ...(["deploy_profile.create", "deploy_profile.change", "deploy_profile.remove"] as const),
  ],
  owner: ["organization.rename", "deployment.raise_alarm"],
};

test.each(roles)("threat 44: a %s who asks for more than the role allows: forbidden, and no trace", async (role) => {
  const one = await given.organization();
  const { ctx } = await given.member(one, role);
  const allowed = roles.slice(0, roles.indexOf(role) + 1).flatMap((each) => added[each]);
  const audited = () => db.auditEntry.count({ where: { organizationId: one.organizationId } });
  for (const action of Object.keys(permissions) as Action[]) {
    const before = await audited();
    const change = { subjectKind: "test", subjectId: "1", subjectName: action };
    const asked = mutate(ctx, action, async () => ({ result: "done", change })).catch((error: unknown) => error);
    const isAllowed = allowed.includes(action);
    expect([action, await asked]).toEqual([
      action,
      isAllowed ? "done" : expect.objectContaining({ code: "forbidden" }),
    ]);
    expect(await audited()).toBe(isAllowed ? before + 1 : before);
  }
});
