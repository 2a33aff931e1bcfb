import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { simpleStatus, statusShape } from "../shapes/checks.ts";
import { repositoryShape, repositoryUrl } from "../shapes/repositories.ts";
import type { CommitStatus, Repository } from "../store/records.ts";
import { now, type World } from "../world.ts";
import { commitOf, pageOf, type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";

const NewStatus = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullable().optional(),
  description: z.string().max(140).nullable().optional(),
  context: z.string().default("default"),
});

/** Commit statuses, the older sister of check runs. */
export function statusRoutes(api: Hono<RestEnv>, world: World): void {
  api.post("/repos/:owner/:repo/statuses/:sha", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "statuses", "write");
    const wanted = await readBody(c, NewStatus, "Status");
    const status = world.store.statuses.insert({
      repositoryId: repository.id,
      sha: await commitOf(dir, c.req.param("sha")),
      state: wanted.state,
      context: wanted.context,
      description: wanted.description ?? null,
      targetUrl: wanted.target_url ?? null,
      creatorId: actorIdOf(c.var.principal),
      createdAt: now(),
    });
    return c.json(statusShape(world, repository, status), 201);
  });
}

/** Statuses of a commit, newest first. */
export function statusesOf(world: World, repository: Repository, sha: string): CommitStatus[] {
  return world.store.statuses.filter((row) => row.repositoryId === repository.id && row.sha === sha).reverse();
}

export async function listStatuses(world: World, c: RestContext, ref: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "statuses", "read");
  const rows = statusesOf(world, repository, await commitOf(dir, ref));
  return c.json(pageOf(c, rows).map((row) => statusShape(world, repository, row)));
}

/** The latest status of each context, and what they mean together. */
export async function combinedStatus(world: World, c: RestContext, ref: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "statuses", "read");
  const sha = await commitOf(dir, ref);
  const rows = statusesOf(world, repository, sha);
  const latest = rows.filter((row, index) => rows.findIndex((other) => other.context === row.context) === index);
  const url = repositoryUrl(world, repository);
  return c.json({
    state: combined(latest),
    statuses: pageOf(c, latest).map((row) => simpleStatus(world, repository, row)),
    sha,
    total_count: latest.length,
    repository: repositoryShape(world, repository),
    commit_url: `${url}/commits/${sha}`,
    url: `${url}/commits/${sha}/status`,
  });
}

function combined(rows: CommitStatus[]): string {
  if (rows.some((row) => row.state === "error" || row.state === "failure")) return "failure";
  if (rows.length === 0 || rows.some((row) => row.state === "pending")) return "pending";
  return "success";
}
