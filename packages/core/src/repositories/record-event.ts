import type { Db } from "@branchline/db";

/** What GitHub tells about a repository, in our words. */
export type RepositoryEvent = {
  githubId: bigint;
  fullName: string;
  defaultBranch: string;
  private: boolean;
  kind: "renamed" | "edited" | "privatized" | "publicized" | "transferred" | "deleted";
};

export type RecordedRepositoryEvent = {
  /** Null for a repository that no organization has connected. */
  organizationId: string | null;
  repositoryId: string | null;
  explanation: string;
};

/** Follows a repository by its number, whatever it is called now. */
export async function recordRepositoryEvent(
  db: Db,
  now: Date,
  event: RepositoryEvent,
): Promise<RecordedRepositoryEvent> {
  const { githubId, kind, fullName, defaultBranch } = event;
  const row = await db.repository.findFirst({ where: { githubId }, orderBy: { createdAt: "desc" } });
  if (row === null) {
    return {
      organizationId: null,
      repositoryId: null,
      explanation: `ignored: no organization has connected ${fullName}`,
    };
  }
  const data =
    kind === "deleted" ? { removedAt: row.removedAt ?? now } : { fullName, defaultBranch, private: event.private };
  await db.repository.updateMany({ where: { githubId }, data });
  return { organizationId: row.organizationId, repositoryId: row.id, explanation: explain(event, row.fullName) };
}

function explain({ kind, fullName }: RepositoryEvent, before: string): string {
  if (kind === "deleted") return `${before} was deleted on GitHub; its services can no longer be deployed`;
  return before === fullName ? `${fullName}: its settings were read` : `${before} is ${fullName} now`;
}
