import { type Db, Prisma, type Tx } from "@branchline/db";
import type { CoreBell } from "../bells.ts";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { nextTryAfter } from "../next-try.ts";

/** A repository as GitHub lists it for an installation. */
export type GrantedRepository = { githubId: bigint; fullName: string; private: boolean; defaultBranch: string };

/** What asks for the list to be read, at once. */
export const syncAsked = { syncedAt: null, syncTries: 0 };

export const isSyncDue = Prisma.sql`synced_at IS NULL AND (sync_tries = 0 OR sync_due_at <= now())`;

/** Takes a due reading. @returns false when none is due: another worker has it, or it failed and its next try comes later */
export async function claimSync(db: Db, installationId: string): Promise<boolean> {
  const claimed = await db.$executeRaw(Prisma.sql`
    UPDATE installations SET sync_due_at = ${nextTryAfter(Prisma.sql`sync_tries`)}, sync_tries = sync_tries + 1
    WHERE id = ${installationId}::uuid AND ${isSyncDue}`);
  return claimed === 1;
}

const rungAtOnce = 25;

/** Full names. */
export type SyncedRepositories = { added: string[]; removed: string[]; returned: string[] };

/**
 * Makes the installation's repositories those that GitHub lists, and rings for a scan of those that were never scanned: of
 * the first few, and the sweep for the rest in turns with other organizations'. Ringing twice is harmless: a scan reads what
 * is there.
 */
export async function recordRepositories(
  ctx: Ctx,
  installationId: string,
  granted: GrantedRepository[],
): Promise<SyncedRepositories> {
  const { organizationId } = ctx;
  return mutate(ctx, "installation.sync", async ({ tx, ring }) => {
    const installation = await tx.installation.findFirst({ where: { id: installationId, organizationId } });
    if (installation === null) throw new Refusal("not_found", "There is no such installation.");
    const known = await tx.repository.findMany({ where: { organizationId } });
    const byGithubId = new Map(known.map((row) => [row.githubId, row]));
    const added = granted.filter(({ githubId }) => !byGithubId.has(githubId));
    const facts = { organizationId, installationId, createdAt: ctx.now() };
    await tx.repository.createMany({ data: added.map((row) => ({ ...row, ...facts })), skipDuplicates: true });
    await renew(tx, facts, granted);
    const isGranted = new Set(granted.map((repository) => repository.githubId));
    const gone = known.filter(
      (row) => row.installationId === installationId && row.removedAt === null && !isGranted.has(row.githubId),
    );
    await tx.repository.updateMany({
      where: { id: { in: gone.map((row) => row.id) } },
      data: { removedAt: ctx.now() },
    });
    const unscanned = { installationId, removedAt: null, scannedAt: null };
    const due = await tx.repository.findMany({ where: unscanned, select: { id: true }, take: rungAtOnce });
    for (const { id } of due) ring(scanOf(id));
    // One that was asked for since this one was taken up is still to be done.
    const where = { id: installationId, syncTries: { gt: 0 } };
    await tx.installation.updateMany({ where, data: { syncedAt: ctx.now() } });
    const result = {
      added: added.map(({ fullName }) => fullName),
      returned: granted
        .filter(({ githubId }) => byGithubId.get(githubId)?.removedAt != null)
        .map(({ fullName }) => fullName),
      removed: gone.map((row) => row.fullName),
    };
    const change = {
      subjectKind: "installation",
      subjectId: installationId,
      subjectName: installation.accountLogin,
      detail: result,
    };
    return { result, change };
  });
}

/** In one statement: an installation may have thousands, of which most are as they were. */
async function renew(
  tx: Tx,
  { organizationId, installationId }: { organizationId: string; installationId: string },
  granted: readonly GrantedRepository[],
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE repositories SET installation_id = ${installationId}::uuid, full_name = granted.full_name,
      private = granted.private, default_branch = granted.default_branch, removed_at = NULL
    FROM unnest(
      ${granted.map(({ githubId }) => String(githubId))}::bigint[], ${granted.map(({ fullName }) => fullName)}::text[],
      ${granted.map((row) => row.private)}::boolean[], ${granted.map(({ defaultBranch }) => defaultBranch)}::text[]
    ) AS granted (github_id, full_name, private, default_branch)
    WHERE organization_id = ${organizationId}::uuid AND repositories.github_id = granted.github_id
      AND (installation_id, repositories.full_name, repositories.private, repositories.default_branch, removed_at)
        IS DISTINCT FROM (${installationId}::uuid, granted.full_name, granted.private, granted.default_branch, NULL)`);
}

function scanOf(repositoryId: string): CoreBell {
  return { name: "repository.scan", payload: { repositoryId } };
}
