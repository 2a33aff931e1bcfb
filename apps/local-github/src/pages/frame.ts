import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { userAccess } from "../auth/access.ts";
import { notFound, RestError } from "../rest/errors.ts";
import type { Access } from "../shapes/repositories.ts";
import type { Account, Repository } from "../store/records.ts";
import { findRenamedRepository, findRepository, fullName } from "../store/repositories.ts";
import type { World } from "../world.ts";
import { layout } from "./layout.ts";
import { ownPath, signedInUser } from "./session.ts";

/** The person must sign in first; the page then goes on. */
class SignInFirst extends Error {
  readonly returnTo: string;

  constructor(returnTo: string) {
    super("sign in first");
    this.name = "SignInFirst";
    this.returnTo = returnTo;
  }
}

/** Pages without routes: refusals become pages, and a sign-in comes back. */
export function pageFrame(world: World): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof SignInFirst) {
      return c.redirect(`/login?return_to=${encodeURIComponent(ownPath(error.returnTo))}`);
    }
    if (error instanceof RestError) return refusal(world, c, error);
    process.stderr.write(`local-github: ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}\n`);
    return refusal(world, c, new RestError(500, "Server Error"));
  });
  return app;
}

export function refusal(world: World, c: Context, error: RestError): Response | Promise<Response> {
  c.status(error.status);
  const detail = error.fields?.map((field) => field.message ?? `${field.field ?? "it"} is ${field.code}`).join(" ");
  const body = html`<h1>${error.message}</h1><p class="soft">${detail ?? `The answer is ${error.status}.`}</p><p><a href="/">All repositories</a></p>`;
  return c.html(layout({ title: error.message, user: signedInUser(world, c), body }));
}

export function demandUser(world: World, c: Context): Account {
  const user = signedInUser(world, c);
  if (user) return user;
  const url = new URL(c.req.url);
  throw new SignInFirst(c.req.method === "GET" ? url.pathname + url.search : "/");
}

export interface RepositoryPage {
  user: Account | null;
  repository: Repository;
  access: Access;
  dir: string;
  /** `/owner/name` */
  path: string;
}

/** The repository that the path names, as far as the signed-in person may see it; else 404. */
export function repositoryPageOf(world: World, c: Context): RepositoryPage {
  const user = signedInUser(world, c);
  const owner = c.req.param("owner") ?? "";
  const name = c.req.param("repo") ?? "";
  const repository = findRepository(world.store, owner, name) ?? findRenamedRepository(world.store, owner, name);
  if (!repository) throw notFound();
  const access = user ? userAccess(world, user, repository) : repository.private ? "none" : "read";
  if (access === "none") throw notFound();
  return {
    user,
    repository,
    access,
    dir: world.gitDirectory(repository),
    path: `/${fullName(world.store, repository)}`,
  };
}

/** The same for changing something; 403 when the person may only read. */
export function writableRepository(world: World, c: Context): RepositoryPage & { user: Account } {
  const user = demandUser(world, c);
  const page = repositoryPageOf(world, c);
  if (page.access === "read") throw new RestError(403, "You may only read this repository");
  return { ...page, user };
}
