import { type Db, Prisma } from "@branchline/db";

/** Two stages that follow each other, and the commits of one service that they run. */
export type StagePair = { deploymentId: string; commitSha: string; previousSha: string };

/**
 * The pairs whose distance a deployment changes by its success: its stage with the one before, and the one after with its own.
 * Raw SQL, because a stage's neighbour is a window over the newest success of each.
 */
export function listStagePairs(db: Db, deploymentId: string): Promise<StagePair[]> {
  return db.$queryRaw<StagePair[]>(Prisma.sql`
    WITH deployed AS (
      SELECT DISTINCT ON (stages.id) deployments.id, deployments.commit_sha, stages.place, stages.name
      FROM deployments JOIN stages ON stages.id = deployments.stage_id
      WHERE deployments.service_id = (SELECT service_id FROM deployments WHERE id = ${deploymentId}::uuid)
        AND deployments.status = 'succeeded'
      ORDER BY stages.id, deployments.number DESC),
    neighbours AS (
      SELECT id, commit_sha, lag(id) OVER way AS previous_id, lag(commit_sha) OVER way AS previous_sha
      FROM deployed WINDOW way AS (ORDER BY place, name))
    SELECT id AS "deploymentId", commit_sha AS "commitSha", previous_sha AS "previousSha" FROM neighbours
    WHERE ${deploymentId}::uuid IN (id, previous_id) AND commit_sha IS NOT NULL AND previous_sha IS NOT NULL`);
}

/** @param commits how many commits of the stage before it lacks; null when git could not tell */
export async function recordBehind(db: Db, deploymentId: string, commits: number | null): Promise<void> {
  await db.deployment.update({ where: { id: deploymentId }, data: { behindPrevious: commits } });
}
