import type { Prisma } from "@branchline/db";
import type { DeploymentReason } from "./reasons.ts";
import type { DeploymentStatus } from "./status.ts";
import { subjectOf } from "./subject.ts";

export type PersonView = { name: string; avatarUrl: string | null };

/** A deployment in a list. */
export type DeploymentRow = {
  deploymentId: string;
  number: number;
  app: string;
  service: string;
  stage: string;
  region: string;
  branch: string;
  commitSha: string | null;
  /** What the SHA begins with of a commit that somebody named. */
  wantedCommit: string | null;
  /** The commit's message in one line. */
  subject: string;
  commitAuthor: string;
  trigger: string;
  triggeredBy: PersonView;
  status: DeploymentStatus;
  reason: DeploymentReason | null;
  reasonDetail: string | null;
  /** What a running deployment waits for without a worker, in a sentence. */
  parkedBecause: string | null;
  supersededByNumber: number | null;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

export const rowRelations = {
  service: { include: { app: true } },
  stage: true,
} as const satisfies Prisma.DeploymentInclude;

type Joined = Prisma.DeploymentGetPayload<{ include: typeof rowRelations }>;

export function rowOf(row: Joined): DeploymentRow {
  return {
    deploymentId: row.id,
    number: row.number,
    app: row.service.app.slug,
    service: row.service.slug,
    stage: row.stage.name,
    region: row.region,
    branch: row.branch,
    commitSha: row.commitSha,
    wantedCommit: row.wantedCommit,
    subject: subjectOf(row.commitMessage),
    commitAuthor: row.commitAuthor,
    trigger: row.trigger,
    triggeredBy: { name: row.triggeredBy, avatarUrl: row.triggeredByAvatar },
    status: row.status,
    // Only `move` writes it, and it writes reasons of the table.
    reason: row.reason as DeploymentReason | null,
    reasonDetail: row.reasonDetail,
    parkedBecause: row.parkedBecause,
    supersededByNumber: row.supersededByNumber,
    queuedAt: row.queuedAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}
