import { Hono } from "hono";
import { accessOf, demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { type Principal, readPrincipal } from "../auth/principal.ts";
import { RestError } from "../rest/errors.ts";
import type { Repository } from "../store/records.ts";
import { findRenamedRepository, findRepository } from "../store/repositories.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import type { World } from "../world.ts";
import { gitBackend } from "./http.ts";

const SERVICES = ["info/refs", "git-upload-pack", "git-receive-pack"];

/** Clone, fetch and push by any git client. */
export function gitRoutes(world: World): Hono {
  const app = new Hono();
  for (const service of SERVICES) {
    app.all(`/:owner/:repo/${service}`, (c) => {
      const { owner, repo } = c.req.param();
      return serve(world, c.req.raw, { owner, name: repo.replace(/\.git$/, ""), path: `/${service}` });
    });
  }
  return app;
}

async function serve(
  world: World,
  request: Request,
  target: { owner: string; name: string; path: string },
): Promise<Response> {
  const pushes =
    target.path === "/git-receive-pack" || new URL(request.url).searchParams.get("service") === "git-receive-pack";
  try {
    const principal = await readPrincipal(world, request.headers.get("authorization") ?? undefined);
    const repository =
      findRepository(world.store, target.owner, target.name) ??
      findRenamedRepository(world.store, target.owner, target.name);
    const allowed = permit(world, principal, repository, pushes);
    const actorId = actorIdOf(principal);
    const user = pushes ? (actorId === null ? "app" : String(actorId)) : null;
    const call = { dir: world.gitDirectory(allowed), path: target.path, request, user };
    if (target.path !== "/git-receive-pack") return await gitBackend(call);
    return await changeRefs(world, allowed, actorId, () => whole(gitBackend(call)));
  } catch (error) {
    if (error instanceof RestError) return refuse(error);
    throw error;
  }
}

/** The repository, when the asker may do this there; throws 401, 403 or 404 as GitHub answers git. */
function permit(world: World, principal: Principal, repository: Repository | undefined, pushes: boolean): Repository {
  const access = repository ? accessOf(world, principal, repository) : "none";
  const known = principal.kind === "user" || principal.kind === "installation";
  if (!known && (access === "none" || pushes)) throw new RestError(401, "Authentication required");
  if (!repository || access === "none") throw new RestError(404, "Repository not found.");
  demand(world, principal, repository, "contents", pushes ? "write" : "read");
  return repository;
}

/** The answer to a push, once git has ended: only then are its refs compared. */
async function whole(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  return new Response(await response.arrayBuffer(), { status: response.status, headers: response.headers });
}

function refuse(error: RestError): Response {
  const headers: Record<string, string> = { "content-type": "text/plain; charset=utf-8" };
  if (error.status === 401) headers["www-authenticate"] = 'Basic realm="GitHub"';
  return new Response(`${error.message}\n`, { status: error.status, headers });
}
