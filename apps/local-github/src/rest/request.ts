import type { Context } from "hono";
import type { z } from "zod";
import { accessOf } from "../auth/access.ts";
import type { Principal } from "../auth/principal.ts";
import { resolveCommit } from "../git/refs.ts";
import type { Access } from "../shapes/repositories.ts";
import type { Repository } from "../store/records.ts";
import { findRenamedRepository, findRepository } from "../store/repositories.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";

export interface RestEnv {
  Variables: { principal: Principal };
}

export type RestContext = Context<RestEnv>;

/** The repository of `/repos/:owner/:repo/…` moved to another name: the answer is a redirect. */
export class Moved extends Error {
  readonly repositoryId: number;

  constructor(repositoryId: number) {
    super("Moved Permanently");
    this.name = "Moved";
    this.repositoryId = repositoryId;
  }
}

export interface RepositoryInHand {
  repository: Repository;
  access: Access;
  dir: string;
}

/** Finds the repository that the path names; 404 when there is none or the asker may not know of it. */
export function repositoryOf(world: World, c: RestContext): RepositoryInHand {
  const owner = c.req.param("owner") ?? "";
  const name = c.req.param("repo") ?? "";
  const repository = findRepository(world.store, owner, name);
  if (repository) return repositoryInHand(world, c, repository);
  const renamed = findRenamedRepository(world.store, owner, name);
  if (renamed && accessOf(world, c.var.principal, renamed) !== "none") throw new Moved(renamed.id);
  throw notFound();
}

export function repositoryInHand(world: World, c: RestContext, repository: Repository | undefined): RepositoryInHand {
  if (!repository) throw notFound();
  const access = accessOf(world, c.var.principal, repository);
  if (access === "none") throw notFound();
  return { repository, access, dir: world.gitDirectory(repository) };
}

/** Reads a JSON body; 400 when it is not JSON, 422 naming the first field that does not fit. */
export async function readBody<T>(c: RestContext, schema: z.ZodType<T>, resource: string): Promise<T> {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new RestError(400, "Problems parsing JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const missing = issue?.code === "invalid_type" && issue.input === undefined;
  throw new RestError(422, "Validation Failed", [
    {
      resource,
      field: issue?.path.map(String).join(".") ?? "",
      code: missing ? "missing_field" : "invalid",
      message: issue?.message ?? "",
    },
  ]);
}

/** One page of a list, with GitHub's Link header. */
export function pageOf<T>(c: RestContext, items: T[]): T[] {
  const size = Math.min(100, Math.max(1, Number(c.req.query("per_page")) || 30));
  const page = Math.max(1, Number(c.req.query("page")) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [link(c, page - 1, "prev")] : []),
    ...(page < last ? [link(c, page + 1, "next"), link(c, last, "last")] : []),
    ...(page > 1 ? [link(c, 1, "first")] : []),
  ];
  if (links.length > 0) c.header("Link", links.join(", "));
  return items.slice((page - 1) * size, page * size);
}

function link(c: RestContext, page: number, rel: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set("page", String(page));
  return `<${url}>; rel="${rel}"`;
}

/** The SHA behind a branch, tag or SHA; 422 as GitHub answers for an unknown commit. */
export async function commitOf(dir: string, name: string): Promise<string> {
  const sha = await resolveCommit(dir, name);
  if (sha === null) throw new RestError(422, `No commit found for SHA: ${name}`);
  return sha;
}
