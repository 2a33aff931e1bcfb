import { type Commit, readCommits, readTouchedPaths, type TouchedPaths } from "../git/commits.ts";
import { isAncestor, ZERO_SHA } from "../git/refs.ts";
import { tryGit } from "../git/run.ts";
import { utc } from "../shapes/commits.ts";
import { repositoryPage, repositoryShape } from "../shapes/repositories.ts";
import { actorShape, type Json } from "../shapes/users.ts";
import { findUserByEmail, getAccount } from "../store/accounts.ts";
import type { Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { emitForRepository } from "./emit.ts";

/** A ref that moved, appeared (`before` is zeros) or vanished (`after` is zeros). */
export interface RefChange {
  ref: string;
  before: string;
  after: string;
}

/** GitHub lists no more commits than this in one push. */
const LISTED_COMMITS = 2048;

/** Sends `push`, and `create` or `delete` when the ref is new or gone. `known` are all tips before the change. */
export async function emitPush(
  world: World,
  repository: Repository,
  actorId: number | null,
  change: RefChange,
  known: string[],
): Promise<void> {
  const payload = await pushPayload(world, repository, actorId, change, known);
  emitForRepository(world, repository, { event: "push", senderId: actorId, payload });
  const event = change.before === ZERO_SHA ? "create" : change.after === ZERO_SHA ? "delete" : null;
  if (event)
    emitForRepository(world, repository, {
      event,
      senderId: actorId,
      payload: refPayload(repository, event, change.ref),
    });
}

function refPayload(repository: Repository, event: "create" | "delete", ref: string): Json {
  const named = {
    ref: ref.replace(/^refs\/(heads|tags)\//, ""),
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    pusher_type: "user",
  };
  if (event === "delete") return named;
  return { ...named, master_branch: repository.defaultBranch, description: repository.description };
}

async function pushPayload(
  world: World,
  repository: Repository,
  actorId: number | null,
  change: RefChange,
  known: string[],
): Promise<Json> {
  const dir = world.gitDirectory(repository);
  const created = change.before === ZERO_SHA;
  const deleted = change.after === ZERO_SHA;
  // A tag may name something else than a commit; such a push has no head.
  const head = deleted ? null : await peel(dir, change.after);
  const excluded = created ? known : [change.before];
  const commits = head === null ? [] : await newCommits(dir, head, excluded);
  const tip = head === null ? [] : await readCommits(dir, [head], ["--no-walk"]);
  const touched = await readTouchedPaths(
    dir,
    [...commits, ...tip].map((commit) => commit.sha),
  );
  const shape = (commit: Commit) => pushedCommit(world, repository, commit, touched.get(commit.sha));
  const pusher = actorShape(world, actorId);
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    repository: pushedRepository(world, repository),
    pusher: { name: pusher.login, email: emailOf(world, actorId) },
    created,
    deleted,
    forced: !created && !deleted && !(await isAncestor(dir, change.before, change.after)),
    base_ref: null,
    compare: compareUrl(world, repository, change, commits),
    commits: commits.map(shape),
    head_commit: tip[0] ? shape(tip[0]) : null,
  };
}

async function peel(dir: string, sha: string): Promise<string | null> {
  const result = await tryGit(dir, ["rev-parse", "--verify", "--quiet", `${sha}^{commit}`]);
  return result.exitCode === 0 ? result.stdout.toString("utf8").trim() : null;
}

function emailOf(world: World, actorId: number | null): string | null {
  return actorId === null ? null : getAccount(world.store, actorId).email;
}

async function newCommits(dir: string, head: string, excluded: string[]): Promise<Commit[]> {
  const revisions = [head, ...excluded.map((sha) => `^${sha}`)];
  const commits = await readCommits(dir, revisions, [`--max-count=${LISTED_COMMITS}`, "--topo-order"]);
  return commits.reverse();
}

/** A push names creation and last push in seconds, and the owner with name and email. */
function pushedRepository(world: World, repository: Repository): Json {
  const owner = getAccount(world.store, repository.ownerId);
  const shape = repositoryShape(world, repository);
  return {
    ...shape,
    owner: { name: owner.login, email: owner.email, ...(shape.owner as Json) },
    url: repositoryPage(world, repository),
    created_at: Date.parse(repository.createdAt) / 1000,
    pushed_at: Date.parse(repository.pushedAt) / 1000,
    stargazers: 0,
    master_branch: repository.defaultBranch,
    ...(owner.type === "Organization" ? { organization: owner.login } : {}),
  };
}

function pushedCommit(world: World, repository: Repository, commit: Commit, touched?: TouchedPaths): Json {
  const person = ({ name, email }: Commit["author"]) => {
    const account = findUserByEmail(world.store, email);
    return { name, email, ...(account ? { username: account.login } : {}) };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: utc(commit.committer.date),
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: touched?.added ?? [],
    removed: touched?.removed ?? [],
    modified: touched?.modified ?? [],
  };
}

function compareUrl(world: World, repository: Repository, change: RefChange, commits: Commit[]): string {
  const page = `${repositoryPage(world, repository)}/compare`;
  const first = change.before.slice(0, 12);
  if (change.after === ZERO_SHA) return `${page}/${first}...${ZERO_SHA.slice(0, 12)}`;
  if (change.before !== ZERO_SHA) return `${page}/${first}...${change.after.slice(0, 12)}`;
  const name = change.ref.replace(/^refs\/(heads|tags)\//, "");
  return commits[0] ? `${page}/${commits[0].sha.slice(0, 12)}^...${change.after.slice(0, 12)}` : `${page}/${name}`;
}
