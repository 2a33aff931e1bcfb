import { type Context, Hono, type Next } from "hono";
import { getPath } from "hono/utils/url";
import { injectFault, noteRequest } from "./faults.ts";
import { gitRoutes } from "./git/routes.ts";
import { localRoutes } from "./local/routes.ts";
import { accessToken } from "./oauth/access-token.ts";
import { authorizePages } from "./oauth/authorize.ts";
import { avatar } from "./pages/avatars.ts";
import { commitPages } from "./pages/commit.ts";
import { comparePages } from "./pages/compare.ts";
import { deliveryPages } from "./pages/deliveries.ts";
import { filePages } from "./pages/files.ts";
import { pageFrame, refusal } from "./pages/frame.ts";
import { homePages } from "./pages/home.ts";
import { installPages } from "./pages/install.ts";
import { installationPages } from "./pages/installation.ts";
import { LIVE_SCRIPT } from "./pages/live.ts";
import { loginPages } from "./pages/login.ts";
import { pullPages } from "./pages/pull.ts";
import { repositoryPages } from "./pages/repository.ts";
import { STYLE } from "./pages/style.ts";
import { appRoutes, installationTokenRoutes } from "./rest/app.ts";
import { branchRoutes } from "./rest/branches.ts";
import { checkRunRoutes } from "./rest/check-runs.ts";
import { commitRoutes } from "./rest/commits.ts";
import { compareRoutes } from "./rest/compare.ts";
import { contentRoutes } from "./rest/contents.ts";
import { deploymentRoutes } from "./rest/deployments.ts";
import { notFound } from "./rest/errors.ts";
import { restFrame } from "./rest/frame.ts";
import { hookRoutes } from "./rest/hook-deliveries.ts";
import { pullRoutes } from "./rest/pulls.ts";
import { repositoryRoutes } from "./rest/repositories.ts";
import { statusRoutes } from "./rest/statuses.ts";
import { treeRoutes } from "./rest/trees.ts";
import { userInstallationRoutes, userRoutes } from "./rest/user.ts";
import { fullName } from "./store/repositories.ts";
import type { World } from "./world.ts";

/** Every address that the local GitHub answers. */
export function createApp(world: World): Hono {
  const app = new Hono({ getPath: (request) => pathByName(world, getPath(request)) });
  app.use((c, next) => onlyOwnHosts(world, c, next));
  app.use((c, next) => noteRequest(world, c, next));
  app.use((c, next) => injectFault(world, c, next));
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.route("/_local", localRoutes(world));
  app.route("/api/v3", restApi(world));
  app.route("/", gitRoutes(world));
  app.get("/assets/style.css", (c) =>
    c.body(STYLE, 200, { "content-type": "text/css", "cache-control": "max-age=300" }),
  );
  app.get("/assets/live.js", (c) =>
    c.body(LIVE_SCRIPT, 200, { "content-type": "text/javascript", "cache-control": "max-age=300" }),
  );
  app.get("/avatars/:file", (c) => {
    c.header("cache-control", "max-age=3600");
    return c.body(avatar(c.req.param("file").replace(/\.svg$/, "")), 200, { "content-type": "image/svg+xml" });
  });
  app.post("/login/oauth/access_token", (c) => accessToken(world, c));
  app.route("/", pages(world));
  app.notFound((c) => {
    const error = notFound();
    return c.req.path.startsWith("/api/v3") ? c.json(error.body(), 404) : refusal(world, c, error);
  });
  return app;
}

/** All that GitHub answers of a repository under its name it answers under its number, too. */
function pathByName(world: World, path: string): string {
  const [, id, rest] = /^\/api\/v3\/repositories\/(\d+)(\/.+)$/.exec(path) ?? [];
  const repository = world.store.repositories.get(Number(id));
  return repository === undefined ? path : `/api/v3/repos/${fullName(world.store, repository)}${rest}`;
}

function restApi(world: World) {
  const api = restFrame(world);
  const resources = [
    appRoutes,
    installationTokenRoutes,
    hookRoutes,
    userRoutes,
    userInstallationRoutes,
    repositoryRoutes,
    branchRoutes,
    commitRoutes,
    compareRoutes,
    treeRoutes,
    contentRoutes,
    checkRunRoutes,
    statusRoutes,
    pullRoutes,
    deploymentRoutes,
  ];
  for (const resource of resources) resource(api, world);
  return api;
}

function pages(world: World): Hono {
  const app = pageFrame(world);
  const screens = [
    homePages,
    loginPages,
    authorizePages,
    installPages,
    installationPages,
    deliveryPages,
    repositoryPages,
    commitPages,
    comparePages,
    pullPages,
    filePages,
  ];
  for (const screen of screens) screen(app, world);
  return app;
}

/** A name that merely resolves to this machine is not ours (DNS rebinding). */
async function onlyOwnHosts(world: World, c: Context, next: Next): Promise<Response | undefined> {
  const host = new URL(c.req.url).hostname;
  const own = ["localhost", "127.0.0.1", "[::1]", new URL(world.webUrl).hostname];
  if (!own.includes(host)) return c.text("Unknown host\n", 421);
  await next();
  return undefined;
}
