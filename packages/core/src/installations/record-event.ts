import { type Db, type Prisma, transact } from "@branchline/db";
import type { Doorbell } from "../bells.ts";
import { syncAsked } from "./sync.ts";

/** What GitHub tells about an installation, in our words. */
export type InstallationEvent = { githubId: bigint; accountLogin: string } & (
  | { kind: "created" | "deleted" | "suspended" | "unsuspended" | "permissions_accepted" }
  | { kind: "repositories_changed"; added: number; removedGithubIds: bigint[] }
);

export type RecordedInstallationEvent = {
  /** Null, as the organization, for an installation that nobody has connected. */
  installationId: string | null;
  organizationId: string | null;
  explanation: string;
};

type World = { db: Db; now(): Date; doorbell: Doorbell };

/** Keeps an installation true to GitHub. What it grants is then read from GitHub, since events may come late or twice. */
export async function recordInstallationEvent(
  world: World,
  event: InstallationEvent,
): Promise<RecordedInstallationEvent> {
  const { db, doorbell } = world;
  const known = await db.installation.findUnique({
    where: { githubId: event.githubId },
    select: { id: true, organizationId: true },
  });
  if (known === null) return { installationId: null, organizationId: null, explanation: explainUnknown(event) };
  const now = world.now();
  await transact(db, async (tx) => {
    await tx.installation.update({ where: { id: known.id }, data: changeOf(event, now) });
    if (event.kind !== "repositories_changed" || event.removedGithubIds.length === 0) return;
    const where = { installationId: known.id, githubId: { in: event.removedGithubIds }, removedAt: null };
    await tx.repository.updateMany({ where, data: { removedAt: now } });
  });
  if (isReadable(event)) await doorbell.ring([{ name: "installation.sync", payload: { installationId: known.id } }]);
  return { installationId: known.id, organizationId: known.organizationId, explanation: explain(event) };
}

function isReadable(event: InstallationEvent): boolean {
  return event.kind !== "deleted" && event.kind !== "suspended";
}

function changeOf(event: InstallationEvent, now: Date): Prisma.InstallationUpdateInput {
  switch (event.kind) {
    case "deleted":
      return { deletedAt: now, syncedAt: now };
    case "suspended":
      return { suspendedAt: now, syncedAt: now };
    case "unsuspended":
      return { suspendedAt: null, ...syncAsked };
    case "created":
      return { deletedAt: null, suspendedAt: null, ...syncAsked };
    case "permissions_accepted":
    case "repositories_changed":
      return syncAsked;
  }
}

function explainUnknown({ accountLogin }: InstallationEvent): string {
  return `ignored: no organization has connected the installation on ${accountLogin}`;
}

function explain(event: InstallationEvent): string {
  const { accountLogin } = event;
  switch (event.kind) {
    case "created":
      return `the App was installed on ${accountLogin}; its repositories are being read`;
    case "deleted":
      return `the App was uninstalled from ${accountLogin}; its repositories can no longer be deployed`;
    case "suspended":
      return `the installation on ${accountLogin} was suspended; its repositories can't be deployed until it is resumed`;
    case "unsuspended":
      return `the installation on ${accountLogin} was resumed; its repositories are being read`;
    case "permissions_accepted":
      return `new permissions were accepted for ${accountLogin}`;
    case "repositories_changed":
      return `${accountLogin} granted ${event.added} and took away ${event.removedGithubIds.length} repositories; the list is being read`;
  }
}
