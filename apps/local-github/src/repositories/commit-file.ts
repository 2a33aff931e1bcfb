import { findRef, isRefName, updateRef, ZERO_SHA } from "../git/refs.ts";
import { findEntry } from "../git/trees.ts";
import { type Identity, WEB_COMMITTER, writeCommit, writeTreeWithFile } from "../git/write.ts";
import { RestError } from "../rest/errors.ts";
import type { Repository } from "../store/records.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import type { World } from "../world.ts";
import { identityOf } from "./identity.ts";

interface FileCommit {
  branch: string;
  path: string;
  content: Uint8Array;
  message: string;
  actorId: number | null;
  /** The blob that the writer saw; null when the file is to be new. */
  expectedBlob: string | null;
  author?: Identity | undefined;
}

/**
 * Commits one file on a branch; a branch that does not exist starts at the default branch.
 * Throws 409 when the file is not what the writer saw, 422 for a path or branch that git refuses.
 */
export function commitFile(world: World, repository: Repository, change: FileCommit) {
  checkPath(change.path);
  const ref = `refs/heads/${change.branch}`;
  if (!isRefName(ref)) throw new RestError(422, `${change.branch} is not a valid branch name`);
  const dir = world.gitDirectory(repository);
  return changeRefs(world, repository, change.actorId, async () => {
    const tip = await findRef(dir, ref);
    const parent = tip ?? (await findRef(dir, `refs/heads/${repository.defaultBranch}`));
    await demandSeenFile(dir, parent?.sha ?? null, change);
    const commit = await writeCommit(dir, {
      tree: await writeTreeWithFile(dir, parent?.sha ?? null, change.path, change.content),
      parents: parent ? [parent.sha] : [],
      message: change.message,
      author: change.author ?? identityOf(world, change.actorId),
      committer: WEB_COMMITTER,
    });
    if (!(await updateRef(dir, ref, commit, tip?.sha ?? ZERO_SHA))) throw new RestError(409, "is at another commit");
    return { commit, branch: change.branch, created: change.expectedBlob === null };
  });
}

async function demandSeenFile(dir: string, commit: string | null, change: FileCommit): Promise<void> {
  const existing = commit === null ? null : await findEntry(dir, commit, change.path);
  if ((existing?.sha ?? null) === change.expectedBlob) return;
  throw new RestError(409, `${change.path} does not match ${change.expectedBlob ?? "a new file"}`);
}

function checkPath(path: string): void {
  const parts = path.split("/");
  const refused = parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git");
  if (refused || path.includes("\0") || path.includes("\n"))
    throw new RestError(422, "path contains a malformed path component");
}
