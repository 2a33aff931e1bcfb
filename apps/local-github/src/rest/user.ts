import type { Hono } from "hono";
import { userAccess } from "../auth/access.ts";
import type { Principal } from "../auth/principal.ts";
import { installationShape } from "../shapes/app.ts";
import { repositoryShape } from "../shapes/repositories.ts";
import { organizationSimple, privateUser, publicUser, simpleUser } from "../shapes/users.ts";
import { findAccount, findMembership, organizationsOf } from "../store/accounts.ts";
import { installationRepositories, installationsOf } from "../store/installations.ts";
import type { Account, Membership } from "../store/records.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { pageOf, type RestEnv } from "./request.ts";

function demandUser(principal: Principal): Account {
  if (principal.kind === "user") return principal.user;
  if (principal.kind === "anonymous") throw new RestError(401, "Requires authentication");
  throw new RestError(403, "Resource not accessible by integration");
}

/** The person with a token, and people by name. */
export function userRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/user", (c) => c.json(privateUser(world, demandUser(c.var.principal))));
  api.get("/user/emails", (c) => {
    const { email } = demandUser(c.var.principal);
    return c.json(email === null ? [] : [{ email, primary: true, verified: true, visibility: "public" }]);
  });
  api.get("/user/orgs", (c) => {
    const organizations = organizationsOf(world.store, demandUser(c.var.principal));
    return c.json(pageOf(c, organizations).map((row) => organizationSimple(world, row)));
  });
  api.get("/user/memberships/orgs", (c) => {
    const user = demandUser(c.var.principal);
    const rows = world.store.memberships.filter((row) => row.userId === user.id);
    return c.json(pageOf(c, rows).map((row) => membershipShape(world, row)));
  });
  api.get("/user/memberships/orgs/:org", (c) => {
    const user = demandUser(c.var.principal);
    const organization = findAccount(world.store, c.req.param("org"));
    const membership = organization && findMembership(world.store, organization.id, user.id);
    if (!membership) throw notFound();
    return c.json(membershipShape(world, membership));
  });
  api.get("/users/:login", (c) => {
    const account = findAccount(world.store, decodeURIComponent(c.req.param("login")));
    if (!account) throw notFound();
    return c.json(publicUser(world, account));
  });
}

function membershipShape(world: World, membership: Membership) {
  const organization = world.store.accounts.get(membership.organizationId);
  const user = world.store.accounts.get(membership.userId);
  if (!organization || !user) throw notFound();
  const organizationUrl = `${world.apiUrl}/orgs/${organization.login}`;
  return {
    url: `${organizationUrl}/memberships/${user.login}`,
    state: "active",
    role: membership.role,
    organization_url: organizationUrl,
    organization: organizationSimple(world, organization),
    user: simpleUser(world, user),
  };
}

/** The installations that a person can reach, which only the App's own tokens may ask for. */
export function userInstallationRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/user/installations", (c) => {
    const user = demandAppUser(c.var.principal);
    const rows = installationsOf(world.store, user);
    return c.json({
      total_count: rows.length,
      installations: pageOf(c, rows).map((row) => installationShape(world, row)),
    });
  });
  api.get("/user/installations/:id/repositories", (c) => {
    const user = demandAppUser(c.var.principal);
    const installation = installationsOf(world.store, user).find((row) => row.id === Number(c.req.param("id")));
    if (!installation) throw notFound();
    if (installation.suspendedAt !== null) throw new RestError(403, "This installation has been suspended");
    const rows = installationRepositories(world.store, installation).filter(
      (row) => userAccess(world, user, row) !== "none",
    );
    return c.json({
      total_count: rows.length,
      repository_selection: installation.selection,
      repositories: pageOf(c, rows).map((row) => repositoryShape(world, row, userAccess(world, user, row))),
    });
  });
}

function demandAppUser(principal: Principal): Account {
  const user = demandUser(principal);
  if (principal.kind === "user" && principal.viaApp) return user;
  throw new RestError(
    403,
    "You must authenticate with an access token authorized to a GitHub App in order to list installations",
  );
}
