import { type Tx, transact } from "@branchline/db";
import { ensureApp } from "../apps/ensure.ts";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { nodeNameOf } from "../services/rules.ts";
import { rankOfFile } from "./serverless-file.ts";

/** A serverless file, and what could be read of it without running code. */
export type FoundService = {
  /** Relative to the root; "" is the root. */
  baseDirectory: string;
  configFile: string;
  org: string | null;
  app: string | null;
  service: string | null;
  /** Why a name could not be read, in a sentence. */
  unreadBecause: string | null;
};

export type Scan = {
  repositoryId: string;
  /** The commit that was read; null when there was none. */
  sha: string | null;
  found: FoundService[];
  /** Why the scan is incomplete, in a sentence; nothing is then marked as gone. */
  problem: string | null;
};

/** Full names are for people: app and service, as they are known here. */
export type RecordedScan = { added: number; gone: number };

/**
 * Makes the services of a repository those that its default branch holds. A service is known by its directory; one that
 * was never enabled follows its file's names, and one that was keeps the name that its address and history have.
 */
export async function recordScan(ctx: Ctx, { repositoryId, sha, found, problem }: Scan): Promise<RecordedScan> {
  const { organizationId } = ctx;
  return transact(ctx.db, async (tx) => {
    await tx.$queryRaw`
      SELECT id FROM repositories WHERE id = ${repositoryId}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`;
    const repository = await tx.repository.findFirst({ where: { id: repositoryId, organizationId } });
    if (repository === null) throw new Refusal("not_found", "There is no such repository.");
    const { fullName } = repository;
    const known = await tx.service.findMany({ where: { repositoryId, organizationId } });
    const services = onePerDirectory(found);
    let added = 0;
    for (const service of services) {
      const before = known.find((row) => row.baseDirectory === service.baseDirectory) ?? null;
      await recordService(ctx, tx, { repositoryId, fullName, service, before });
      if (before === null) added += 1;
    }
    const isThere = new Set(services.map((service) => service.baseDirectory));
    const isGone = (row: (typeof known)[number]) =>
      row.goneAt === null && row.configFile !== null && !isThere.has(row.baseDirectory);
    const gone = problem === null ? known.filter(isGone).map((row) => row.id) : [];
    await tx.service.updateMany({ where: { id: { in: gone } }, data: { goneAt: ctx.now() } });
    const where = { id: repositoryId };
    await tx.repository.update({ where, data: { scannedSha: sha, scanProblem: problem } });
    // One that was asked for since this one was taken up is still to be done.
    await tx.repository.updateMany({ where: { ...where, scanTries: { gt: 0 } }, data: { scannedAt: ctx.now() } });
    return { added, gone: gone.length };
  });
}

/** A directory is one service, though it may hold serverless.yml and serverless.ts: the one that the CLI takes first. */
function onePerDirectory(found: readonly FoundService[]): FoundService[] {
  const byDirectory = new Map<string, FoundService>();
  for (const service of found) {
    const other = byDirectory.get(service.baseDirectory);
    if (other !== undefined && rankOfFile(other.configFile) <= rankOfFile(service.configFile)) continue;
    byDirectory.set(service.baseDirectory, service);
  }
  return [...byDirectory.values()];
}

type Known = { id: string; slug: string; appId: string; cicdEnabledAt: Date | null };
type Recorded = { repositoryId: string; fullName: string; service: FoundService; before: Known | null };

async function recordService(ctx: Ctx, tx: Tx, { repositoryId, fullName, service, before }: Recorded): Promise<void> {
  const { organizationId } = ctx;
  const { baseDirectory, configFile, unreadBecause } = service;
  const facts = { configFile, unreadBecause, goneAt: null };
  if (before !== null && (await keepsItsName(tx, before))) {
    await tx.service.update({ where: { id: before.id }, data: facts });
    return;
  }
  const repositoryName = fullName.slice(fullName.indexOf("/") + 1);
  const app = await ensureApp(tx, { organizationId, slug: nameOf(service.app, repositoryName, "app") });
  const slug = await freeName(tx, app.id, before?.id ?? null, namesOf(service, repositoryName));
  if (before === null) {
    const data = { ...facts, organizationId, appId: app.id, slug, repositoryId, baseDirectory, createdAt: ctx.now() };
    await tx.service.create({ data });
  } else {
    await tx.service.update({ where: { id: before.id }, data: { ...facts, appId: app.id, slug } });
  }
}

async function keepsItsName(tx: Tx, { id, cicdEnabledAt }: Known): Promise<boolean> {
  if (cicdEnabledAt !== null) return true;
  const depends = { serviceId: id };
  return (await tx.deployment.count({ where: depends })) + (await tx.parameter.count({ where: depends })) > 0;
}

/** The file's own name, else the directory's; then the whole path, when another service of the app has that. */
function namesOf({ service, baseDirectory }: FoundService, repositoryName: string): string[] {
  const directoryName = baseDirectory.slice(baseDirectory.lastIndexOf("/") + 1);
  return [nameOf(service, directoryName === "" ? repositoryName : directoryName, "service"), nodeNameOf(baseDirectory)];
}

function nameOf(read: string | null, fallback: string, last: string): string {
  return [read ?? "", fallback].map(nodeNameOf).find((name) => name !== "") ?? last;
}

async function freeName(tx: Tx, appId: string, ownId: string | null, names: string[]): Promise<string> {
  const [first = "service"] = names;
  const rows = await tx.service.findMany({ where: { appId }, select: { id: true, slug: true } });
  const isTaken = (slug: string) => rows.some((row) => row.slug === slug && row.id !== ownId);
  const free = names.find((name) => name !== "" && !isTaken(name));
  if (free !== undefined) return free;
  let number = 2;
  while (isTaken(`${first}-${number}`)) number += 1;
  return `${first}-${number}`;
}
