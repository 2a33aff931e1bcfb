import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { connectInstallation } from "@branchline/core/installations/connect";
import { acceptInvitation } from "@branchline/core/invitations/accept";
import { createInvitation } from "@branchline/core/invitations/create";
import { createOrganization } from "@branchline/core/organizations/create";
import { findMembership } from "@branchline/core/organizations/queries";
import { listRepositories } from "@branchline/core/repositories/queries";
import { until } from "../until.ts";
import { ctxOf, type Person } from "./people.ts";

const slug = "acme";
const workMs = 60_000;

/** Ada creates acme, or finds it from an earlier run. */
export async function foundAcme(outside: OutsideCtx, ada: Person): Promise<Ctx> {
  if ((await findMembership(outside.db, { slug, userId: ada.userId })) === null) {
    await createOrganization({ ...outside, user: ada }, { name: "Acme", slug });
  }
  return await ctxOf(outside, slug, ada);
}

/** Ada invites somebody by mail, and they accept; nothing, when they are in already. */
export async function bringIn(ctx: Ctx, person: Person, role: "developer" | "viewer" | "admin"): Promise<void> {
  const { db, now, doorbell } = ctx;
  if ((await findMembership(db, { slug, userId: person.userId })) !== null) return;
  const { token } = await createInvitation(ctx, { email: person.email, role });
  await acceptInvitation({ db, now, doorbell, user: person }, { token, verifiedEmails: [person.email] });
}

export type ConnectedRepository = { repositoryId: string; directories: string[] };

/** Connects the installation, and waits until the worker has read its repository and found the services in it. */
export async function connectShop(
  ctx: Ctx,
  github: { installationGithubId: bigint; accountId: bigint },
): Promise<ConnectedRepository> {
  const account = { githubId: github.accountId, login: "acme", type: "Organization" } as const;
  await connectInstallation(ctx, { githubId: github.installationGithubId, account });
  return await until("the worker finds the services of acme/shop", workMs, async () => {
    const shop = (await listRepositories(ctx)).find((one) => one.fullName === "acme/shop");
    if (shop === undefined || shop.scannedAt === null) return null;
    if (shop.scanProblem !== null) throw new Error(shop.scanProblem);
    const directories = shop.directories.map((one) => one.baseDirectory);
    return { repositoryId: shop.repositoryId, directories };
  });
}
