import type { Db, Role } from "@branchline/db";
import type { Ctx } from "../ctx.ts";

export type Membership = { organizationId: string; slug: string; name: string; role: Role; userId: string };

/** The door's check: null for an organization that is not there and for one that the person is not in. */
export async function findMembership(
  db: Db,
  { slug, userId }: { slug: string; userId: string },
): Promise<Membership | null> {
  const row = await db.member.findFirst({
    where: { userId, organization: { slug } },
    select: { role: true, organization: { select: { id: true, slug: true, name: true } } },
  });
  if (row === null) return null;
  const { id: organizationId, name } = row.organization;
  return { organizationId, slug, name, role: row.role, userId };
}

export type OrganizationOfUser = { slug: string; name: string; role: Role };

export async function listOrganizations(db: Db, userId: string): Promise<OrganizationOfUser[]> {
  const rows = await db.member.findMany({
    where: { userId },
    orderBy: { organization: { name: "asc" } },
    select: { role: true, organization: { select: { slug: true, name: true } } },
  });
  return rows.map((row) => ({ ...row.organization, role: row.role }));
}

/** How far the three first steps are; 0 means that the step is still to do. */
export type PendingSetup = { installations: number; deployProfiles: number; enabledServices: number };

export async function countPendingSetup({ db, organizationId }: Ctx): Promise<PendingSetup> {
  const [installations, deployProfiles, enabledServices] = await Promise.all([
    db.installation.count({ where: { organizationId, deletedAt: null } }),
    db.deployProfile.count({ where: { organizationId } }),
    db.service.count({ where: { organizationId, cicdEnabledAt: { not: null } } }),
  ]);
  return { installations, deployProfiles, enabledServices };
}
