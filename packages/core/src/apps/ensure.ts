import type { Tx } from "@branchline/db";

/** The organization's app of that name, made when it is not there. */
export async function ensureApp(
  tx: Tx,
  { organizationId, slug }: { organizationId: string; slug: string },
): Promise<{ id: string; slug: string }> {
  const where = { organizationId_slug: { organizationId, slug } };
  return tx.app.upsert({ where, create: { organizationId, slug }, update: { slug }, select: { id: true, slug: true } });
}
