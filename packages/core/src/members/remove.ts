import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { assertOwnerStays, getMember } from "./member.ts";
import { assertNotAbove } from "./rules.ts";

export const RemoveMember = z.object({ memberId: z.uuid() });
export type RemoveMember = z.infer<typeof RemoveMember>;

/** @throws Refusal not_found; forbidden for somebody of a higher role; conflict for the last owner */
export async function removeMember(ctx: Ctx, input: RemoveMember): Promise<void> {
  const { memberId } = RemoveMember.parse(input);
  await mutate(ctx, "member.remove", async ({ tx }) => {
    const member = await getMember(ctx, tx, { id: memberId });
    assertNotAbove(member.role, ctx.actor);
    if (member.role === "owner") await assertOwnerStays(ctx, tx);
    await tx.member.delete({ where: { id: memberId } });
    const detail = { role: member.role };
    return {
      result: undefined,
      change: { subjectKind: "member", subjectId: memberId, subjectName: member.user.name, detail },
    };
  });
}
