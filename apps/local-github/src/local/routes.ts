import { type Context, Hono } from "hono";
import { z } from "zod";
import { issueToken } from "../auth/tokens.ts";
import { RestError } from "../rest/errors.ts";
import { hookConfig } from "../rest/hook-deliveries.ts";
import { installationShape } from "../shapes/app.ts";
import { repositoryShape } from "../shapes/repositories.ts";
import { simpleUser } from "../shapes/users.ts";
import { findAccount } from "../store/accounts.ts";
import { befall, HOOK_ID } from "../webhooks/deliver.ts";
import { emitPing } from "../webhooks/emit.ts";
import { MISHAPS, type World } from "../world.ts";
import {
  InstallationSeed,
  OrganizationSeed,
  putInstallation,
  putOrganization,
  putRepository,
  putUser,
  RepositorySeed,
  UserSeed,
} from "./seed.ts";

const TokenSeed = z.object({ login: z.string() });
const FaultSeed = z.object({
  pathPrefix: z.string().startsWith("/"),
  method: z.string().toUpperCase().nullable().default(null),
  status: z.number().int().min(400).max(599),
  delayMs: z.number().int().min(0).default(0),
  count: z.number().int().min(0).default(1),
  headers: z.record(z.string(), z.string()).default({}),
});

const MishapSeed = z.object({ kind: z.enum(MISHAPS).nullable() });

/** How the demo and tests set the scene; GitHub itself has none of this. */
export function localRoutes(world: World): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof RestError) return c.json(error.body(), error.status);
    return c.json({ message: error.message }, 500);
  });
  app.put("/users/:login", async (c) =>
    c.json(simpleUser(world, putUser(world, c.req.param("login"), await bodyOf(c, UserSeed)))),
  );
  app.put("/organizations/:login", async (c) =>
    c.json(simpleUser(world, putOrganization(world, c.req.param("login"), await bodyOf(c, OrganizationSeed)))),
  );
  app.put("/repositories/:owner/:name", async (c) => {
    const { owner, name } = c.req.param();
    return c.json(repositoryShape(world, await putRepository(world, owner, name, await bodyOf(c, RepositorySeed))));
  });
  app.put("/installations/:account", async (c) =>
    c.json(installationShape(world, putInstallation(world, c.req.param("account"), await bodyOf(c, InstallationSeed)))),
  );
  app.post("/tokens", async (c) => {
    const { login } = await bodyOf(c, TokenSeed);
    const user = findAccount(world.store, login);
    if (user?.type !== "User") throw new RestError(422, `there is no user ${login}`);
    return c.json({ token: issueToken(world, { kind: "personal", userId: user.id }).text }, 201);
  });
  app.post("/faults", async (c) => {
    const { count, ...fault } = await bodyOf(c, FaultSeed);
    world.faults.push({ ...fault, remaining: count });
    return c.json({ faults: world.faults.length }, 201);
  });
  app.delete("/faults", (c) => {
    world.faults.length = 0;
    return c.body(null, 204);
  });
  app.get("/requests", (c) => c.json({ requests: world.requests }));
  app.put("/mishap", async (c) => {
    befall(world, (await bodyOf(c, MishapSeed)).kind);
    return c.json({ mishap: world.mishap });
  });
  app.post("/ping", (c) => {
    const { app: registered } = world.options;
    const hook = {
      type: "App",
      id: HOOK_ID,
      name: "web",
      active: true,
      events: [],
      config: hookConfig(world),
      app_id: registered.id,
    };
    emitPing(world, hook);
    return c.json({}, 202);
  });
  return app;
}

/** Only JSON is read, so that no page of another site can post here unasked. */
async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!c.req.header("content-type")?.startsWith("application/json")) throw new RestError(415, "send application/json");
  const parsed = schema.safeParse(await c.req.json().catch(() => null));
  if (!parsed.success) throw new RestError(422, z.prettifyError(parsed.error));
  return parsed.data;
}
