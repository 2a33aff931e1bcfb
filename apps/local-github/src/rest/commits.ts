import type { Hono } from "hono";
import { demand } from "../auth/access.ts";
import { readCommit, readCommits } from "../git/commits.ts";
import { changedFiles, EMPTY_TREE } from "../git/compare.ts";
import { commitShape, fileShape } from "../shapes/commits.ts";
import type { World } from "../world.ts";
import { listCheckRuns, listCheckSuites } from "./check-runs.ts";
import { RestError } from "./errors.ts";
import { commitOf, pageOf, type RestContext, type RestEnv, repositoryOf } from "./request.ts";
import { combinedStatus, listStatuses } from "./statuses.ts";

const FILES_PER_COMMIT = 300;

/** What a suffix after `/commits/{ref}` asks for; refs hold slashes, so the suffix is found from the end. */
const ABOUT_COMMIT: Record<string, (world: World, c: RestContext, ref: string) => Promise<Response>> = {
  "check-runs": listCheckRuns,
  "check-suites": listCheckSuites,
  status: combinedStatus,
  statuses: listStatuses,
};

export function commitRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repos/:owner/:repo/commits", (c) => listCommits(world, c));
  api.get("/repos/:owner/:repo/commits/:rest{.+}", (c) => {
    const [, ref = "", about = ""] = /^(.+)\/([a-z-]+)$/.exec(c.req.param("rest")) ?? [];
    const answer = ABOUT_COMMIT[about];
    return answer ? answer(world, c, ref) : showCommit(world, c, c.req.param("rest"));
  });
}

async function listCommits(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "read");
  const name = c.req.query("sha") ?? repository.defaultBranch;
  const sha = await commitOf(dir, name).catch((error: unknown) => {
    if (c.req.query("sha") === undefined) throw new RestError(409, "Git Repository is empty.");
    throw error instanceof RestError ? new RestError(404, "Not Found") : error;
  });
  const path = c.req.query("path");
  const options = ["since", "until"].flatMap((key) => {
    const value = c.req.query(key);
    return value === undefined ? [] : [`--${key}=${value}`];
  });
  const commits = await readCommits(dir, [sha], options, path === undefined ? [] : [path]);
  return c.json(pageOf(c, commits).map((commit) => commitShape(world, repository, commit)));
}

async function showCommit(world: World, c: RestContext, ref: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "read");
  const sha = await commitOf(dir, ref);
  if (c.req.header("accept")?.includes("sha")) return c.text(sha);
  const commit = await readCommit(dir, sha);
  const files = await changedFiles(dir, commit.parents[0] ?? EMPTY_TREE, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return c.json({
    ...commitShape(world, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.slice(0, FILES_PER_COMMIT).map((file) => fileShape(world, repository, sha, file)),
  });
}
