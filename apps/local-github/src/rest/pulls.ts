import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { readCommits } from "../git/commits.ts";
import { editPull } from "../pulls/edit.ts";
import { mergePull } from "../pulls/merge.ts";
import { pullFiles, pullNumbers } from "../pulls/numbers.ts";
import { openPull } from "../pulls/open.ts";
import { commitShape, fileShape } from "../shapes/commits.ts";
import { fullPull, simplePull } from "../shapes/pulls.ts";
import type { PullRequest } from "../store/records.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { pageOf, type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";

const NewPull = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().optional(),
});
const PullChange = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullable().optional(),
  state: z.enum(["open", "closed"]).optional(),
});
const MergeRequest = z.object({
  merge_method: z.enum(["merge", "squash", "rebase"]).default("merge"),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
});

export function pullRoutes(api: Hono<RestEnv>, world: World): void {
  const list = "/repos/:owner/:repo/pulls";
  const one = `${list}/:number{[0-9]+}`;
  api.get(list, (c) => listPulls(world, c));
  api.post(list, (c) => createPull(world, c));
  api.get(one, async (c) => {
    const { repository, pull } = pullOf(world, c, "read");
    return c.json(fullPull(world, repository, pull, await pullNumbers(world, repository, pull)));
  });
  api.patch(one, async (c) => {
    const { repository, pull } = pullOf(world, c, "write");
    const change = await readBody(c, PullChange, "PullRequest");
    const changed = await editPull(world, repository, pull, actorIdOf(c.var.principal), change);
    return c.json(fullPull(world, repository, changed, await pullNumbers(world, repository, changed)));
  });
  api.get(`${one}/files`, async (c) => {
    const { repository, pull } = pullOf(world, c, "read");
    const files = await pullFiles(world, repository, pull);
    return c.json(pageOf(c, files).map((file) => fileShape(world, repository, pull.headSha, file)));
  });
  api.get(`${one}/commits`, async (c) => {
    const { repository, pull, dir } = pullOf(world, c, "read");
    const commits = (await readCommits(dir, [pull.headSha, `^${pull.baseSha}`])).reverse();
    return c.json(pageOf(c, commits).map((commit) => commitShape(world, repository, commit)));
  });
  api.get(`${one}/merge`, (c) => {
    const { pull } = pullOf(world, c, "read");
    if (pull.mergedAt === null) throw notFound();
    return c.body(null, 204);
  });
  api.put(`${one}/merge`, (c) => merge(world, c));
}

function pullOf(world: World, c: RestContext, level: "read" | "write") {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "pull_requests", level);
  const number = Number(c.req.param("number"));
  const pull = world.store.pullRequests.find((row) => row.repositoryId === repository.id && row.number === number);
  if (!pull) throw notFound();
  return { repository, dir, pull };
}

function listPulls(world: World, c: RestContext): Response {
  const { repository } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "pull_requests", "read");
  const state = c.req.query("state") ?? "open";
  const head = c.req.query("head")?.replace(/^[^:]*:/, "");
  const base = c.req.query("base");
  const matches = (pull: PullRequest) =>
    pull.repositoryId === repository.id &&
    (state === "all" || pull.state === state) &&
    (head ?? pull.headRef) === pull.headRef &&
    (base ?? pull.baseRef) === pull.baseRef;
  const rows = world.store.pullRequests.filter(matches).reverse();
  return c.json(pageOf(c, rows).map((pull) => simplePull(world, repository, pull)));
}

async function createPull(world: World, c: RestContext): Promise<Response> {
  const { repository } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "pull_requests", "write");
  const wanted = await readBody(c, NewPull, "PullRequest");
  const authorId = actorIdOf(c.var.principal);
  if (authorId === null) throw new RestError(403, "Resource not accessible by integration");
  const pull = await openPull(world, repository, {
    title: wanted.title,
    body: wanted.body ?? null,
    head: wanted.head.replace(/^[^:]*:/, ""),
    base: wanted.base,
    authorId,
  });
  return c.json(fullPull(world, repository, pull, await pullNumbers(world, repository, pull)), 201);
}

async function merge(world: World, c: RestContext): Promise<Response> {
  const { repository, pull } = pullOf(world, c, "read");
  demand(world, c.var.principal, repository, "contents", "write");
  const wanted = await readBody(c, MergeRequest, "PullRequest");
  const merged = await mergePull(world, repository, pull, {
    actorId: actorIdOf(c.var.principal),
    method: wanted.merge_method,
    title: wanted.commit_title,
    message: wanted.commit_message,
    expectedHead: wanted.sha,
  });
  return c.json({ sha: merged.mergeCommitSha, merged: true, message: "Pull Request successfully merged" });
}
