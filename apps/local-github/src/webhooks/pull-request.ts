import { pullNumbers } from "../pulls/numbers.ts";
import { fullPull } from "../shapes/pulls.ts";
import type { Json } from "../shapes/users.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { emitForRepository } from "./emit.ts";

type PullAction = "opened" | "closed" | "reopened" | "edited" | "synchronize";

/** Sends `pull_request`; `extra` holds what only some actions carry, such as before and after. */
export async function emitPull(
  world: World,
  repository: Repository,
  actorId: number | null,
  action: PullAction,
  pull: PullRequest,
  extra: Json = {},
): Promise<void> {
  const numbers = await pullNumbers(world, repository, pull);
  const payload = { number: pull.number, pull_request: fullPull(world, repository, pull, numbers), ...extra };
  emitForRepository(world, repository, { event: "pull_request", action, senderId: actorId, payload });
}
