import "server-only";
import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { findMembership, type Membership } from "@branchline/core/organizations/queries";
import { type Action, isAllowed } from "@branchline/core/permissions";
import { notFound } from "next/navigation";
import { cache } from "react";
import { db } from "./db";
import { doorbell } from "./doorbell";
import { requireSession, type SignedIn } from "./session";

/** Core's context of a member who asks, with what the screens show of them. */
export type WebCtx = Ctx & { organization: Membership; user: SignedIn };

/** The check of every page, action and route below an organization. What is somebody else's is not there. */
export const requireCtx = cache(async (slug: string): Promise<WebCtx> => {
  const user = await requireSession();
  return (await findCtx(slug, user)) ?? notFound();
});

/** For routes that answer machines: null for a member of another organization. */
export async function findCtx(slug: string, user: SignedIn): Promise<WebCtx | null> {
  // Postgres keeps no text with it, so no organization has it in its name.
  if (slug.includes("\0")) return null;
  const organization = await findMembership(db(), { slug, userId: user.userId });
  if (organization === null) return null;
  const actor = { kind: "user", userId: user.userId, name: user.name, role: organization.role } as const;
  return { ...world(), organizationId: organization.organizationId, actor, organization, user };
}

/** For a signed-in person who is not (yet) in an organization. */
export async function requireOutsideCtx(): Promise<OutsideCtx & { user: SignedIn }> {
  return { ...world(), user: await requireSession() };
}

function world() {
  return { db: db(), doorbell: doorbell(), now: () => new Date() };
}

/** Whether to offer a button; the verb checks again. */
export function can(ctx: WebCtx, action: Action): boolean {
  return isAllowed(ctx.organization.role, action);
}
