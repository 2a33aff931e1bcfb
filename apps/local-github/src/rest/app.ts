import type { Hono } from "hono";
import { z } from "zod";
import type { Principal } from "../auth/principal.ts";
import { INSTALLATION_TOKEN_SECONDS, issueToken } from "../auth/tokens.ts";
import { APP_PERMISSIONS, appShape, installationShape } from "../shapes/app.ts";
import { repositoryShape } from "../shapes/repositories.ts";
import { findAccount } from "../store/accounts.ts";
import { installationRepositories } from "../store/installations.ts";
import type { Installation, Permissions, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { pageOf, type RestContext, type RestEnv, readBody } from "./request.ts";

export function demandApp(principal: Principal): void {
  if (principal.kind === "app") return;
  throw new RestError(401, "A JSON web token could not be decoded");
}

/** What the App asks about itself with its JSON web token. */
export function appRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/app", (c) => {
    demandApp(c.var.principal);
    return c.json({ ...appShape(world), installations_count: world.store.installations.all().length });
  });
  api.get("/app/installations", (c) => {
    demandApp(c.var.principal);
    return c.json(pageOf(c, world.store.installations.all()).map((row) => installationShape(world, row)));
  });
  api.get("/app/installations/:id", (c) => c.json(installationShape(world, installationOf(world, c))));
  api.post("/app/installations/:id/access_tokens", (c) => createToken(world, c));
  api.get("/repos/:owner/:repo/installation", (c) => {
    demandApp(c.var.principal);
    const owner = findAccount(world.store, c.req.param("owner"));
    const name = c.req.param("repo").toLowerCase();
    return c.json(
      foundInstallation(world, (row) =>
        installationRepositories(world.store, row).some(
          (repository) => repository.ownerId === owner?.id && repository.name.toLowerCase() === name,
        ),
      ),
    );
  });
  for (const path of ["/orgs/:login/installation", "/users/:login/installation"]) {
    api.get(path, (c) => {
      demandApp(c.var.principal);
      const account = findAccount(world.store, c.req.param("login") ?? "");
      return c.json(foundInstallation(world, (row) => row.accountId === account?.id));
    });
  }
}

function foundInstallation(world: World, matches: (row: Installation) => boolean) {
  const installation = world.store.installations.find(matches);
  if (!installation) throw notFound();
  return installationShape(world, installation);
}

function installationOf(world: World, c: RestContext): Installation {
  demandApp(c.var.principal);
  const installation = world.store.installations.get(Number(c.req.param("id")));
  if (!installation) throw notFound();
  return installation;
}

const TokenRequest = z.object({
  repositories: z.array(z.string()).max(500).optional(),
  repository_ids: z.array(z.number().int()).max(500).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
});

async function createToken(world: World, c: RestContext): Promise<Response> {
  const installation = installationOf(world, c);
  if (installation.suspendedAt !== null) throw new RestError(403, "This installation has been suspended");
  const wanted = await readBody(c, TokenRequest, "InstallationToken");
  const chosen = chosenRepositories(world, installation, wanted);
  const permissions = grantedPermissions(wanted.permissions);
  const { text, row } = issueToken(world, {
    kind: "installation",
    installationId: installation.id,
    repositoryIds: chosen?.map((repository) => repository.id) ?? null,
    permissions,
    seconds: INSTALLATION_TOKEN_SECONDS,
  });
  return c.json(
    {
      token: text,
      expires_at: row.expiresAt,
      permissions,
      repository_selection: chosen ? "selected" : installation.selection,
      ...(chosen ? { repositories: chosen.map((repository) => repositoryShape(world, repository)) } : {}),
    },
    201,
  );
}

function chosenRepositories(
  world: World,
  installation: Installation,
  wanted: z.infer<typeof TokenRequest>,
): Repository[] | null {
  if (!wanted.repositories && !wanted.repository_ids) return null;
  const there = installationRepositories(world.store, installation);
  const byName = wanted.repositories?.map((name) => there.find((row) => row.name.toLowerCase() === name.toLowerCase()));
  const byId = wanted.repository_ids?.map((id) => there.find((row) => row.id === id));
  const chosen = [...(byName ?? []), ...(byId ?? [])];
  const found = chosen.filter((row) => row !== undefined);
  if (found.length === chosen.length && found.length > 0) return [...new Set(found)];
  throw new RestError(
    422,
    "There is at least one repository that does not exist or is not accessible to the parent installation.",
  );
}

function grantedPermissions(wanted: Permissions | undefined): Permissions {
  if (!wanted) return APP_PERMISSIONS;
  for (const [name, level] of Object.entries(wanted)) {
    const most = APP_PERMISSIONS[name];
    if (most === undefined || (level === "write" && most === "read")) {
      throw new RestError(422, "The permissions requested are not granted to this installation.");
    }
  }
  return { metadata: "read", ...wanted };
}

/** What an installation token asks about itself. */
export function installationTokenRoutes(api: Hono<RestEnv>, world: World): void {
  api.delete("/installation/token", (c) => {
    const principal = c.var.principal;
    if (principal.kind !== "installation") throw new RestError(401, "Bad credentials");
    world.store.tokens.remove(principal.token.id);
    return c.body(null, 204);
  });
  api.get("/installation/repositories", (c) => {
    const principal = c.var.principal;
    if (principal.kind !== "installation") {
      throw new RestError(
        403,
        "You must authenticate with an installation access token in order to list repositories for an installation.",
      );
    }
    const limited = principal.repositoryIds;
    const rows = installationRepositories(world.store, principal.installation).filter(
      (row) => limited === null || limited.includes(row.id),
    );
    return c.json({
      total_count: rows.length,
      repository_selection: limited === null ? principal.installation.selection : "selected",
      repositories: pageOf(c, rows).map((row) => repositoryShape(world, row, "write")),
    });
  });
}
