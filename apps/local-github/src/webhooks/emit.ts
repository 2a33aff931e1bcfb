import { installationShape } from "../shapes/app.ts";
import { repositoryShape } from "../shapes/repositories.ts";
import { actorShape, type Json, nodeId, organizationSimple } from "../shapes/users.ts";
import { getAccount } from "../store/accounts.ts";
import { findInstallationFor } from "../store/installations.ts";
import type { Installation, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { deliver } from "./deliver.ts";

export interface RepositoryEvent {
  event: string;
  action?: string;
  /** null: the App itself did it. */
  senderId: number | null;
  payload: Json;
}

/** Tells the App, when it is installed on the repository and not suspended. */
export function emitForRepository(world: World, repository: Repository, event: RepositoryEvent): void {
  const installation = findInstallationFor(world.store, repository);
  if (!installation || installation.suspendedAt !== null) return;
  const owner = getAccount(world.store, repository.ownerId);
  const body: Json = {
    ...(event.action === undefined ? {} : { action: event.action }),
    repository: repositoryShape(world, repository),
    ...(owner.type === "Organization" ? { organization: organizationSimple(world, owner) } : {}),
    sender: actorShape(world, event.senderId),
    installation: { id: installation.id, node_id: nodeId("IntegrationInstallation", installation.id) },
    ...event.payload,
  };
  deliver(world, {
    event: event.event,
    action: event.action ?? null,
    installationId: installation.id,
    repositoryId: repository.id,
    body: JSON.stringify(body),
  });
}

/** `installation` and `installation_repositories` reach the App even when it is suspended or just removed. */
export function emitForInstallation(
  world: World,
  installation: Installation,
  event: { event: string; action: string; senderId: number; payload: Json },
): void {
  const body = {
    action: event.action,
    installation: installationShape(world, installation),
    ...event.payload,
    sender: actorShape(world, event.senderId),
  };
  deliver(world, {
    event: event.event,
    action: event.action,
    installationId: installation.id,
    repositoryId: null,
    body: JSON.stringify(body),
  });
}

const ZEN = "Approachable is better than simple.";

/** What GitHub sends when a hook is made. */
export function emitPing(world: World, hook: Json): void {
  const body = { zen: ZEN, hook_id: hook.id, hook };
  deliver(world, {
    event: "ping",
    action: null,
    installationId: null,
    repositoryId: null,
    body: JSON.stringify(body),
  });
}
