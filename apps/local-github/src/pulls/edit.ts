import { findRef } from "../git/refs.ts";
import { RestError } from "../rest/errors.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import { emitPull } from "../webhooks/pull-request.ts";
import { now, type World } from "../world.ts";

interface PullEdit {
  title?: string | undefined;
  body?: string | null | undefined;
  state?: "open" | "closed" | undefined;
}

/** Renames, closes or reopens a pull request; 422 when it can't be reopened. */
export async function editPull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  actorId: number | null,
  edit: PullEdit,
): Promise<PullRequest> {
  const state = edit.state ?? pull.state;
  const reopened = state === "open" && pull.state === "closed";
  const headSha = reopened ? await headForReopening(world, repository, pull) : pull.headSha;
  const changed = world.store.pullRequests.update(pull.id, {
    title: edit.title ?? pull.title,
    body: edit.body === undefined ? pull.body : edit.body,
    state,
    headSha,
    closedAt: state === "open" ? null : (pull.closedAt ?? now()),
    updatedAt: now(),
  });
  await announce(world, repository, actorId, pull, changed);
  return changed;
}

async function announce(
  world: World,
  repository: Repository,
  actorId: number | null,
  before: PullRequest,
  after: PullRequest,
): Promise<void> {
  if (after.state !== before.state) {
    await emitPull(world, repository, actorId, after.state === "open" ? "reopened" : "closed", after);
  }
  if (after.title !== before.title) {
    await emitPull(world, repository, actorId, "edited", after, { changes: { title: { from: before.title } } });
  }
}

async function headForReopening(world: World, repository: Repository, pull: PullRequest): Promise<string> {
  const head = await findRef(world.gitDirectory(repository), `refs/heads/${pull.headRef}`);
  if (pull.mergedAt !== null || !head) {
    throw new RestError(422, "Validation Failed", [
      { resource: "PullRequest", code: "invalid", field: "state", message: "state cannot be changed." },
    ]);
  }
  return head.sha;
}
