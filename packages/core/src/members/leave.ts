import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { assertOwnerStays, getMember } from "./member.ts";

/** Who asks is a member no more. @throws Refusal not_found for who is none; conflict for the last owner */
export async function leaveOrganization(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  await mutate(ctx, "member.leave", async ({ tx }) => {
    if (actor.kind !== "user") throw new Refusal("forbidden", "Only a person can leave.");
    const { memberId, role, user } = await getMember(ctx, tx, { userId: actor.userId });
    if (role === "owner") await assertOwnerStays(ctx, tx);
    await tx.member.delete({ where: { id: memberId } });
    const change = { subjectKind: "member", subjectId: memberId, subjectName: user.name, detail: { role } };
    return { result: undefined, change };
  });
}
