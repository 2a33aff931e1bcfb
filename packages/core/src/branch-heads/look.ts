import { type Db, Prisma, type Tx, transact } from "@branchline/db";
import { z } from "zod";
import { inTurns } from "../in-turns.ts";
import type { FoundHead, HeadsNews } from "./rules.ts";

/** A head that no webhook told of is found within five minutes. */
const lookEveryMs = 240_000;
/** Whoever dies while looking is followed after this long. */
const lookingMs = 60_000;

/** The body of a delivery that we wrote ourselves. */
export const FoundHeadBody = z.object({ branch: z.string(), before: z.string().nullable(), after: z.string() });

/** For the sweep: repositories with an enabled service whose heads are due to be looked at. */
export async function listDueLooks(db: Db, take: number): Promise<string[]> {
  const due = Prisma.sql`
    SELECT repositories.id, repositories.organization_id AS owner, heads_due_at AS since
    FROM repositories JOIN installations ON installations.id = installation_id
    WHERE heads_due_at <= now() AND removed_at IS NULL AND deleted_at IS NULL AND suspended_at IS NULL
      AND EXISTS (SELECT FROM services
        WHERE repository_id = repositories.id AND gone_at IS NULL AND cicd_enabled_at IS NOT NULL)`;
  const rows = await db.$queryRaw<{ id: string }[]>(inTurns(due, take));
  return rows.map((row) => row.id);
}

export type Look = {
  /** Of GitHub. */
  githubId: bigint;
  /** Null before the first look. */
  seenAt: Date | null;
  etag: string | null;
};

/** Takes a due look; null when another worker has it, or had it just now. */
export async function claimLook(db: Db, repositoryId: string): Promise<Look | null> {
  const [look] = await db.$queryRaw<Look[]>(Prisma.sql`
    UPDATE repositories SET heads_due_at = now() + ${lookingMs} * interval '1 millisecond'
    WHERE id = ${repositoryId}::uuid AND heads_due_at <= now()
    RETURNING github_id AS "githubId", heads_seen_at AS "seenAt", heads_etag AS etag`);
  return look ?? null;
}

/** What the look saw. Each found head is a delivery of our own, which the sweep rings for: a late webhook has until then. */
export async function finishLook(
  db: Db,
  { repositoryId, ...subject }: { repositoryId: string; githubId: bigint; installationGithubId: bigint },
  seen: { at: Date; etag: string | null; news: HeadsNews },
): Promise<void> {
  await transact(db, async (tx) => {
    for (const head of seen.news.found) await recordFoundHead(tx, subject, head);
    await remember(tx, repositoryId, seen.news.seen);
    await forget(tx, repositoryId, seen.news.gone);
    await tx.$executeRaw(Prisma.sql`
      UPDATE repositories SET heads_seen_at = ${seen.at}, heads_etag = ${seen.etag},
        heads_due_at = now() + ${lookEveryMs} * interval '1 millisecond'
      WHERE id = ${repositoryId}::uuid`);
  });
}

async function recordFoundHead(
  tx: Tx,
  { githubId, installationGithubId }: { githubId: bigint; installationGithubId: bigint },
  { branch, before, after }: FoundHead,
): Promise<void> {
  const waiting = await tx.webhookDelivery.findFirst({
    where: {
      source: "poll",
      repositoryGithubId: githubId,
      installationGithubId,
      settledAt: null,
      branch,
      headSha: after,
    },
    select: { id: true },
  });
  if (waiting !== null) return;
  const id = `poll-${crypto.randomUUID()}`;
  const body = { branch, before, after } satisfies z.infer<typeof FoundHeadBody>;
  await tx.webhookDelivery.create({
    data: {
      id,
      source: "poll",
      event: "push",
      body,
      // A branch may make the same move twice: this one is nobody's copy.
      bodySha256: id,
      repositoryGithubId: githubId,
      installationGithubId,
      branch,
      headSha: after,
    },
  });
}

// A delivery that was handled while we looked knows better. A repository may have tens of thousands of branches.
async function remember(tx: Tx, repositoryId: string, seen: FoundHead[]): Promise<void> {
  const fresh = seen.filter(({ before }) => before === null);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO branch_heads (repository_id, branch, sha)
    SELECT ${repositoryId}::uuid, branch, after FROM unnest(
      ${fresh.map(({ branch }) => branch)}::text[], ${fresh.map(({ after }) => after)}::text[]) AS seen (branch, after)
    ON CONFLICT DO NOTHING`);
  const moved = seen.flatMap(({ branch, before, after }) => (before === null ? [] : [{ branch, before, after }]));
  await tx.$executeRaw(Prisma.sql`
    UPDATE branch_heads SET sha = seen.after, delivery_id = NULL FROM unnest(
      ${moved.map(({ branch }) => branch)}::text[], ${moved.map(({ before }) => before)}::text[],
      ${moved.map(({ after }) => after)}::text[]) AS seen (branch, before, after)
    WHERE repository_id = ${repositoryId}::uuid AND branch_heads.branch = seen.branch AND sha = seen.before`);
}

async function forget(tx: Tx, repositoryId: string, gone: HeadsNews["gone"]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM branch_heads USING unnest(
      ${gone.map(({ branch }) => branch)}::text[], ${gone.map(({ sha }) => sha)}::text[]) AS gone (branch, sha)
    WHERE repository_id = ${repositoryId}::uuid AND branch_heads.branch = gone.branch AND branch_heads.sha = gone.sha`);
}
