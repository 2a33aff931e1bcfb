import { setDefaultBranch } from "../git/create.ts";
import { listRefs, ZERO_SHA } from "../git/refs.ts";
import { followPush } from "../pulls/follow.ts";
import type { Repository } from "../store/records.ts";
import { now, type World } from "../world.ts";
import { emitPush, type RefChange } from "./push.ts";

/** With more tags than this in one push GitHub sends no events for them. */
const ANNOUNCED_TAGS = 3;

/**
 * Does work that may move branches or tags, one writer at a time, then tells the App what moved. What moved is
 * what git says before and after, whatever the client claimed.
 */
export function changeRefs<T>(
  world: World,
  repository: Repository,
  actorId: number | null,
  work: () => Promise<T>,
): Promise<T> {
  const dir = world.gitDirectory(repository);
  return world.locks.hold(repository.id, async () => {
    const before = await tips(dir);
    try {
      return await work();
    } finally {
      await announce(world, repository, actorId, before, await tips(dir));
    }
  });
}

async function tips(dir: string): Promise<Map<string, string>> {
  const refs = await listRefs(dir, ["refs/heads/", "refs/tags/"]);
  return new Map(refs.map((ref) => [ref.ref, ref.sha]));
}

async function announce(
  world: World,
  repository: Repository,
  actorId: number | null,
  before: Map<string, string>,
  after: Map<string, string>,
): Promise<void> {
  const changes = differences(before, after);
  const current = world.store.repositories.get(repository.id);
  if (changes.length === 0 || !current) return;
  const defaultBranch = await defaultBranchAfter(world, current, before, after);
  const pushed = world.store.repositories.update(current.id, { pushedAt: now(), updatedAt: now(), defaultBranch });
  const known = [...new Set(before.values())];
  for (const change of withoutManyTags(changes)) {
    await emitPush(world, pushed, actorId, change, known);
    await followPush(world, pushed, actorId, change);
    known.push(...(change.after === ZERO_SHA ? [] : [change.after]));
  }
}

/** The first branch of an empty repository becomes its default branch. */
async function defaultBranchAfter(
  world: World,
  repository: Repository,
  before: Map<string, string>,
  after: Map<string, string>,
): Promise<string> {
  const current = repository.defaultBranch;
  const branchesOf = (refs: Map<string, string>) => [...refs.keys()].filter((ref) => ref.startsWith("refs/heads/"));
  const [first] = branchesOf(after);
  if (first === undefined || branchesOf(before).length > 0 || after.has(`refs/heads/${current}`)) return current;
  const branch = first.slice("refs/heads/".length);
  await setDefaultBranch(world.gitDirectory(repository), branch);
  return branch;
}

function differences(before: Map<string, string>, after: Map<string, string>): RefChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((ref) => ({ ref, before: before.get(ref) ?? ZERO_SHA, after: after.get(ref) ?? ZERO_SHA }))
    .filter((change) => change.before !== change.after);
}

function withoutManyTags(changes: RefChange[]): RefChange[] {
  const tags = changes.filter((change) => change.ref.startsWith("refs/tags/"));
  return tags.length > ANNOUNCED_TAGS ? changes.filter((change) => !tags.includes(change)) : changes;
}
