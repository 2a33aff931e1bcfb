import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { findTip } from "../git/commits.ts";
import { findRef, isRefName, listRefs, type Ref, resolveCommit, updateRef, ZERO_SHA } from "../git/refs.ts";
import { objectType } from "../git/trees.ts";
import { commitShape } from "../shapes/commits.ts";
import { repositoryPage, repositoryUrl } from "../shapes/repositories.ts";
import { type Json, nodeId } from "../shapes/users.ts";
import type { Repository } from "../store/records.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import type { World } from "../world.ts";
import { invalid, notFound, RestError } from "./errors.ts";
import { pageOf, type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";

/** Branches, and git's own refs. */
export function branchRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repos/:owner/:repo/branches", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "contents", "read");
    const refs = await listRefs(dir, ["refs/heads/"]);
    const url = repositoryUrl(world, repository);
    const shapes = pageOf(c, refs).map((ref) => ({
      name: ref.ref.slice("refs/heads/".length),
      commit: { sha: ref.sha, url: `${url}/commits/${ref.sha}` },
      protected: false,
    }));
    return c.json(shapes);
  });
  api.get("/repos/:owner/:repo/branches/:branch{.+}", (c) => showBranch(world, c));
  api.get("/repos/:owner/:repo/git/ref/:ref{.+}", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "contents", "read");
    const ref = await findRef(dir, `refs/${c.req.param("ref")}`);
    if (!ref) throw notFound();
    return c.json(refShape(world, repository, ref));
  });
  api.get("/repos/:owner/:repo/git/matching-refs/:ref{.+}", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "contents", "read");
    const start = `refs/${c.req.param("ref")}`;
    const refs = (await listRefs(dir, ["refs/heads/", "refs/tags/"])).filter((ref) => ref.ref.startsWith(start));
    return c.json(refs.map((ref) => refShape(world, repository, ref)));
  });
  api.post("/repos/:owner/:repo/git/refs", (c) => createRef(world, c));
  api.delete("/repos/:owner/:repo/git/refs/:ref{.+}", (c) => deleteRef(world, c));
}

async function showBranch(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "read");
  const name = c.req.param("branch") ?? "";
  const commit = await findTip(dir, `refs/heads/${name}`);
  if (!commit) throw new RestError(404, "Branch not found");
  const path = name.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world, repository)}/branches/${path}`;
  return c.json({
    name,
    commit: commitShape(world, repository, commit),
    _links: { self: url, html: `${repositoryPage(world, repository)}/tree/${path}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
    protection_url: `${url}/protection`,
  });
}

function refShape(world: World, repository: Repository, ref: Ref): Json {
  const url = repositoryUrl(world, repository);
  return {
    ref: ref.ref,
    node_id: nodeId("Ref", `${repository.id}:${ref.ref}`),
    url: `${url}/git/${ref.ref.split("/").map(encodeURIComponent).join("/")}`,
    object: {
      sha: ref.sha,
      type: ref.type,
      url: `${url}/git/${ref.type === "tag" ? "tags" : "commits"}/${ref.sha}`,
    },
  };
}

const NewRef = z.object({ ref: z.string(), sha: z.string().regex(/^[0-9a-f]{40}$/) });

async function createRef(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "write");
  const wanted = await readBody(c, NewRef, "Reference");
  if (!isRefName(wanted.ref)) throw new RestError(422, `${wanted.ref} is not a valid ref name.`);
  if (!(await resolveCommit(dir, wanted.sha))) throw new RestError(422, "Object does not exist");
  if (await findRef(dir, wanted.ref)) throw new RestError(422, "Reference already exists");
  const moved = await changeRefs(world, repository, actorIdOf(c.var.principal), () =>
    updateRef(dir, wanted.ref, wanted.sha, ZERO_SHA),
  );
  if (!moved) throw invalid("Reference", "ref");
  const type = (await objectType(dir, wanted.sha)) ?? "commit";
  return c.json(refShape(world, repository, { ...wanted, type }), 201);
}

async function deleteRef(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "write");
  const ref = await findRef(dir, `refs/${c.req.param("ref")}`);
  if (!ref) throw new RestError(422, "Reference does not exist");
  await changeRefs(world, repository, actorIdOf(c.var.principal), () => updateRef(dir, ref.ref, ZERO_SHA, ref.sha));
  return c.body(null, 204);
}
