import type { Role } from "@branchline/db";
import type { Ctx } from "../ctx.ts";

export type MemberRow = {
  memberId: string;
  userId: string;
  name: string;
  login: string | null;
  email: string;
  image: string | null;
  role: Role;
  joinedAt: Date;
};

export async function listMembers({ db, organizationId }: Ctx): Promise<MemberRow[]> {
  const rows = await db.member.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { user: { select: { name: true, login: true, email: true, image: true } } },
  });
  return rows.map(({ id, userId, role, createdAt, user }) => ({
    memberId: id,
    userId,
    role,
    joinedAt: createdAt,
    ...user,
  }));
}
