import type { Hono } from "hono";
import { demand } from "../auth/access.ts";
import { countCommits, readCommit, readCommits } from "../git/commits.ts";
import { changedFiles } from "../git/compare.ts";
import { mergeBase, resolveCommit } from "../git/refs.ts";
import { commitShape, fileShape } from "../shapes/commits.ts";
import { repositoryPage, repositoryUrl } from "../shapes/repositories.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { pageOf, type RestContext, type RestEnv, repositoryOf } from "./request.ts";

const LISTED_FILES = 300;
const LISTED_COMMITS = 250;

export function compareRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repos/:owner/:repo/compare/:basehead{.+}", (c) => compare(world, c));
}

async function compare(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "read");
  const names = (c.req.param("basehead") ?? "").split("...");
  const [base, head] = await Promise.all(names.map((name) => resolveCommit(dir, withoutOwner(name))));
  if (names.length !== 2 || !base || !head) throw notFound();
  const start = await mergeBase(dir, base, head);
  if (start === null) throw new RestError(404, `No common ancestor between ${names[0]} and ${names[1]}.`);
  const ahead = await countCommits(dir, [head, `^${base}`]);
  const behind = await countCommits(dir, [base, `^${head}`]);
  const commits = (await readCommits(dir, [head, `^${base}`], ["--topo-order"])).reverse();
  const files = await changedFiles(dir, start, head);
  const page = `${repositoryPage(world, repository)}/compare/${base}...${head}`;
  const paged = c.req.query("page") !== undefined || c.req.query("per_page") !== undefined;
  const shown = paged ? pageOf(c, commits) : commits.slice(0, LISTED_COMMITS);
  return c.json({
    url: `${repositoryUrl(world, repository)}/compare/${base}...${head}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitShape(world, repository, await readCommit(dir, base)),
    merge_base_commit: commitShape(world, repository, await readCommit(dir, start)),
    status: statusOf(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: shown.map((commit) => commitShape(world, repository, commit)),
    // GitHub gives the files on the first page only, and silently no more than 300 of them.
    files:
      Number(c.req.query("page") ?? 1) > 1
        ? []
        : files.slice(0, LISTED_FILES).map((file) => fileShape(world, repository, head, file)),
  });
}

function withoutOwner(name: string): string {
  return name.replace(/^[^:]*:/, "");
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}
