import type { Hono } from "hono";
import { z } from "zod";
import { accessOf } from "../auth/access.ts";
import { listRefs } from "../git/refs.ts";
import { deleteRepository, editRepository } from "../repositories/edit.ts";
import { fullRepository, repositoryShape } from "../shapes/repositories.ts";
import { findAccount } from "../store/accounts.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { pageOf, type RestContext, type RestEnv, readBody, repositoryInHand, repositoryOf } from "./request.ts";

const RepositoryChange = z.object({
  name: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional(),
  description: z.string().nullable().optional(),
  private: z.boolean().optional(),
  default_branch: z.string().optional(),
});

/** Repositories by name and by id, of an owner, and changing one. */
export function repositoryRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repositories/:id{[0-9]+}", (c) => {
    const row = world.store.repositories.get(Number(c.req.param("id")));
    const { repository, access } = repositoryInHand(world, c, row);
    return c.json(fullRepository(world, repository, access));
  });
  for (const path of ["/orgs/:login/repos", "/users/:login/repos"]) {
    api.get(path, (c) => {
      const owner = findAccount(world.store, c.req.param("login") ?? "");
      if (!owner) throw notFound();
      const rows = world.store.repositories
        .filter((row) => row.ownerId === owner.id)
        .map((row) => ({ row, access: accessOf(world, c.var.principal, row) }))
        .filter((one) => one.access !== "none");
      return c.json(pageOf(c, rows).map((one) => repositoryShape(world, one.row, one.access)));
    });
  }
  api.get("/repos/:owner/:repo", (c) => {
    const { repository, access } = repositoryOf(world, c);
    return c.json(fullRepository(world, repository, access));
  });
  api.patch("/repos/:owner/:repo", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    const actor = administratorOf(world, c);
    const change = await readBody(c, RepositoryChange, "Repository");
    const branch = change.default_branch;
    if (branch !== undefined && !(await listRefs(dir, [`refs/heads/${branch}`])).length) {
      throw new RestError(422, `The branch ${branch} was not found.`);
    }
    const changed = await editRepository(world, repository, actor, {
      name: change.name,
      description: change.description,
      private: change.private,
      defaultBranch: branch,
    });
    return c.json(fullRepository(world, changed, "admin"));
  });
  api.delete("/repos/:owner/:repo", async (c) => {
    const { repository } = repositoryOf(world, c);
    await deleteRepository(world, repository, administratorOf(world, c));
    return c.body(null, 204);
  });
}

function administratorOf(world: World, c: RestContext): number {
  const { access } = repositoryOf(world, c);
  const principal = c.var.principal;
  if (principal.kind === "user" && access === "admin") return principal.user.id;
  throw new RestError(403, "Must have admin rights to Repository.");
}
