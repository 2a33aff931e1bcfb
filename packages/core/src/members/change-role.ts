import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { roles } from "../permissions.ts";
import { assertOwnerStays, getMember } from "./member.ts";
import { assertNotAbove } from "./rules.ts";

export const ChangeMemberRole = z.object({ memberId: z.uuid(), role: z.enum(roles, "Choose a role.") });
export type ChangeMemberRole = z.infer<typeof ChangeMemberRole>;

/** @throws Refusal not_found; forbidden for a role above one's own, given or taken; conflict for the last owner */
export async function changeMemberRole(ctx: Ctx, input: ChangeMemberRole): Promise<void> {
  const { memberId, role } = ChangeMemberRole.parse(input);
  await mutate(ctx, "member.change_role", async ({ tx }) => {
    const member = await getMember(ctx, tx, { id: memberId });
    assertNotAbove(member.role, ctx.actor);
    assertNotAbove(role, ctx.actor);
    if (member.role === "owner" && role !== "owner") await assertOwnerStays(ctx, tx);
    await tx.member.update({ where: { id: memberId }, data: { role } });
    const detail = { from: member.role, to: role };
    return {
      result: undefined,
      change: { subjectKind: "member", subjectId: memberId, subjectName: member.user.name, detail },
    };
  });
}
