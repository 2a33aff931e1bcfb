import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { applySeedFile } from "./local/seed-file.ts";
import type { LocalGithubOptions } from "./options.ts";
import { closeUnanswered } from "./webhooks/deliver.ts";
import { createWorld, type World } from "./world.ts";

export interface LocalGithub {
  /** Without a slash at the end; the REST API is at `/api/v3` below it. */
  url: string;
  /** Ends within 2 s: deliveries under way are given up. */
  stop: () => Promise<void>;
}

const GRACE_MS = 1_000;

/** Starts a local GitHub over its data directory; throws when the port is taken or an option does not fit. */
export async function startLocalGithub(
  options: LocalGithubOptions & { seed?: string | undefined },
): Promise<LocalGithub> {
  const world = createWorld(options);
  closeUnanswered(world);
  const server = await listen(world);
  const { port } = server.address() as AddressInfo;
  setAddress(world, port);
  if (options.seed !== undefined) await applySeedFile(world, options.seed);
  return {
    url: world.webUrl,
    stop: async () => {
      world.stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const deadline = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(deadline);
      await Promise.allSettled(world.inFlight);
      world.store.close();
    },
  };
}

function setAddress(world: World, port: number): void {
  world.webUrl = (world.options.publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, "");
  world.apiUrl = `${world.webUrl}/api/v3`;
}

type Server = ReturnType<typeof serve> & { closeAllConnections: () => void; closeIdleConnections: () => void };

function listen(world: World): Promise<Server> {
  const { port, host = "127.0.0.1" } = world.options;
  // Until the port is known nothing can be asked, so the address is set before the first request.
  setAddress(world, port);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: createApp(world).fetch, hostname: host, port }, () => resolve(server)) as Server;
    server.once("error", reject);
  });
}
