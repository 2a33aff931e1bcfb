import { listOwnInvitations } from "@branchline/core/invitations/queries";
import { listOrganizations } from "@branchline/core/organizations/queries";
import { redirect } from "next/navigation";
import { db } from "@/lib/db";
import { safeNext } from "@/lib/safe-next";
import { findSession } from "@/lib/session";
import { OrganizationChoice } from "./organization-choice";
import { SignInScreen } from "./sign-in-screen";

type Props = { searchParams: Promise<{ next?: string; error?: string }> };

export default async function HomePage({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const session = await findSession();
  if (session === null || error === "token") return <SignInScreen next={safeNext(next)} error={error ?? null} />;
  if (safeNext(next) !== "/") redirect(safeNext(next));
  const { userId } = session;
  const [organizations, invitations] = await Promise.all([
    listOrganizations(db(), userId),
    listOwnInvitations(db(), { userId, now: new Date() }),
  ]);
  const [only] = organizations;
  if (invitations.length === 0 && only === undefined) redirect("/new");
  if (invitations.length === 0 && organizations.length === 1) redirect(`/${only?.slug}`);
  return <OrganizationChoice organizations={organizations} invitations={invitations} user={session} />;
}
