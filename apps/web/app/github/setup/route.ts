import { Refusal } from "@branchline/core/errors";
import { connectInstallation } from "@branchline/core/installations/connect";
import { listInstallations } from "@branchline/core/installations/queries";
import { listOrganizations } from "@branchline/core/organizations/queries";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { env } from "@/env";
import { cookieName } from "@/lib/cookies";
import { findCtx, requireCtx } from "@/lib/ctx";
import { db } from "@/lib/db";
import { askAsPerson } from "@/lib/github-user";
import { installCookie, readState } from "@/lib/install-state";
import { answer } from "@/lib/route";
import { requireSession } from "@/lib/session";

/** Where GitHub sends a person after they installed the App, or changed what it may read. */
export async function GET(request: NextRequest): Promise<Response> {
  return answer("github.setup", async () => {
    const { searchParams } = request.nextUrl;
    const githubId = installationOf(searchParams.get("installation_id"));
    if (githubId === null) return refuse("incomplete");
    const jar = await cookies();
    const { WEB_URL, AUTH_SECRET } = env();
    const cookie = jar.get(cookieName(WEB_URL, installCookie))?.value;
    const state = readState(cookie, searchParams.get("state"), AUTH_SECRET);
    if (state === null) return goToKnown(githubId);
    return connect(state.org, githubId);
  });
}

async function connect(org: string, githubId: bigint): Promise<Response> {
  const ctx = await requireCtx(org);
  const settings = `/${org}/settings/github`;
  const installation = await askAsPerson(settings, (person) => person.findAdministeredInstallation(githubId));
  if (installation === null) return refuse("not_administrator", org);
  try {
    await connectInstallation(ctx, installation);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.code === "forbidden" ? "role" : "taken", org);
    throw error;
  }
  redirect(settings);
}

/** Without our state, somebody came from GitHub's own pages: an installation that is known already needs nothing more. */
async function goToKnown(githubId: bigint): Promise<Response> {
  const user = await requireSession();
  for (const { slug } of await listOrganizations(db(), user.userId)) {
    const ctx = await findCtx(slug, user);
    const installations = ctx === null ? [] : await listInstallations(ctx);
    if (installations.some((known) => known.githubId === String(githubId))) redirect(`/${slug}/settings/github`);
  }
  return refuse("unknown_origin");
}

function installationOf(text: string | null): bigint | null {
  return text !== null && /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}

function refuse(because: string, org?: string): never {
  const query = new URLSearchParams({ because, ...(org === undefined ? {} : { org }) });
  redirect(`/github/refused?${query}`);
}
