import { getAccount } from "../store/accounts.ts";
import type { Installation, Permissions } from "../store/records.ts";
import type { World } from "../world.ts";
import { actorShape, type Json, nodeId, simpleUser } from "./users.ts";

/** What the App asks for when it is installed. */
export const APP_PERMISSIONS: Permissions = {
  checks: "write",
  contents: "read",
  deployments: "write",
  members: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "write",
};

const APP_EVENTS = ["check_run", "create", "delete", "pull_request", "push", "repository"];

const REGISTERED_AT = "2026-01-01T00:00:00Z";

/** "GitHub app" of the API. */
export function appShape(world: World): Json {
  const { app } = world.options;
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId("App", app.id),
    owner: {
      ...simpleUser(world, {
        id: 1,
        type: "Organization",
        login: app.slug,
        name: app.name,
        email: null,
        createdAt: REGISTERED_AT,
      }),
    },
    name: app.name,
    description: "Deploys what you merge",
    external_url: new URL(app.setupUrl).origin,
    html_url: `${world.webUrl}/apps/${app.slug}`,
    created_at: REGISTERED_AT,
    updated_at: REGISTERED_AT,
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
  };
}

export function installationPage(world: World, installation: Installation): string {
  const account = getAccount(world.store, installation.accountId);
  const owner = account.type === "Organization" ? `/organizations/${account.login}` : "";
  return `${world.webUrl}${owner}/settings/installations/${installation.id}`;
}

/** "Installation" of the API and of webhooks. */
export function installationShape(world: World, installation: Installation): Json {
  const { app } = world.options;
  const account = getAccount(world.store, installation.accountId);
  const url = `${world.apiUrl}/app/installations/${installation.id}`;
  return {
    id: installation.id,
    client_id: app.clientId,
    account: simpleUser(world, account),
    repository_selection: installation.selection,
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: installationPage(world, installation),
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
    created_at: installation.createdAt,
    updated_at: installation.updatedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : actorShape(world, installation.suspendedById),
    suspended_at: installation.suspendedAt,
  };
}
