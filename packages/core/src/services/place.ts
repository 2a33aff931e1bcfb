import type { Tx } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";

/** Where a service lives. */
export type Place = { repositoryId: string; baseDirectory: string };

/** @throws Refusal not_found for a repository of another organization, invalid for one that was taken away */
export async function assertUsableRepository({ organizationId }: Ctx, tx: Tx, repositoryId: string): Promise<void> {
  const repository = await tx.repository.findFirst({
    where: { id: repositoryId, organizationId },
    select: { fullName: true, removedAt: true, installation: { select: { deletedAt: true } } },
  });
  if (repository === null) throw new Refusal("not_found", "There is no such repository.", "repositoryId");
  if (repository.removedAt === null && repository.installation.deletedAt === null) return;
  const message = `The GitHub App no longer has access to ${repository.fullName}. Grant it again on GitHub.`;
  throw new Refusal("invalid", message, "repositoryId");
}

/** One service per directory of a repository. @throws Refusal conflict, with the name of the service that is there */
export async function assertFree({ organizationId }: Ctx, tx: Tx, place: Place, serviceId?: string): Promise<void> {
  const other = await tx.service.findFirst({
    where: { ...place, organizationId, goneAt: null, ...(serviceId === undefined ? {} : { id: { not: serviceId } }) },
    select: { slug: true },
  });
  if (other === null) return;
  const where =
    place.baseDirectory === "" ? "The root of this repository" : `${place.baseDirectory} of this repository`;
  throw new Refusal("conflict", `${where} is the service ${other.slug} already.`, "baseDirectory");
}
