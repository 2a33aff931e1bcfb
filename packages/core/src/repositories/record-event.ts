import type { Db } from "@branchline/db";

/** What GitHub tells about a repository, in our words. */
export type RepositoryEvent = {
  githubId: bigint;
  fullName: string;
  defaultBranch: string;
  private: boolean;
  kind: "renamed" | "edited" | "privatized" | "publicized" | "transferred" | "deleted";
};

/** Follows a repository by its number, whatever it is called now. @returns what came of it, in a sentence */
export async function recordRepositoryEvent(db: Db, now: Date, event: RepositoryEvent): Promise<string> {
  const { githubId, kind, fullName, defaultBranch } = event;
  const row = await db.repository.findFirst({ where: { githubId }, orderBy: { createdAt: "desc" } });
  if (row === null) return `ignored: no organization has connected ${fullName}`;
  const data =
    kind === "deleted" ? { removedAt: row.removedAt ?? now } : { fullName, defaultBranch, private: event.private };
  await db.repository.updateMany({ where: { githubId }, data });
  return explain(event, row.fullName);
}

/** Of a rename GitHub may not tell by itself, such as an account's. The name is for people: GitHub is asked by number. */
export async function recordName(db: Db, { repositoryId, fullName }: { repositoryId: string; fullName: string }) {
  await db.repository.update({ where: { id: repositoryId }, data: { fullName } });
}

function explain({ kind, fullName }: RepositoryEvent, before: string): string {
  if (kind === "deleted") return `${before} was deleted on GitHub; its services can no longer be deployed`;
  return before === fullName ? `${fullName}: its settings were read` : `${before} is ${fullName} now`;
}
