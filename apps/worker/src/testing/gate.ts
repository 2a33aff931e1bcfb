import { createServer, type ServerResponse } from "node:http";
import type { World } from "@branchline/testing/world";
import { type Scene, startScene } from "./scene.ts";

type Gate = Awaited<ReturnType<typeof startGate>>;

const host = "gate.test";

/** Where builds ask whether they may go on: each waits until the test says so, in whatever phase it asks. */
async function startGate() {
  const waiting = new Map<string, Set<ServerResponse>>();
  const arrivals = new Map<string, () => void>();

  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    const those = waiting.get(name) ?? new Set();
    waiting.set(name, those.add(response));
    response.once("close", () => those.delete(response));
    arrivals.get(name)?.();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The gate has no port");
  const asking = () => [...waiting.values()].flatMap((those) => [...those]);

  return {
    /** What a worker needs so that its builds find the gate, beside the routes that it has. */
    environment: (routes = "") => ({
      WORKER_BUILD_HOSTS: host,
      WORKER_EGRESS_ROUTES: [routes, `${host}:80=127.0.0.1:${address.port}`].join(","),
    }),
    /** A command of a build that lasts until the gate opens. */
    ask: (name: string) => `node -e "fetch('http://${host}/${name}').then(({ ok }) => process.exit(ok ? 0 : 1))"`,
    /** How many builds wait there. */
    waiting: (name: string) => waiting.get(name)?.size ?? 0,
    /** Settles when a build waits there. */
    arrived: (name: string) =>
      new Promise<void>((resolve) => {
        if ((waiting.get(name)?.size ?? 0) > 0) resolve();
        else arrivals.set(name, resolve);
      }),
    /** Lets those that wait there go on. */
    open(name: string): void {
      for (const response of waiting.get(name) ?? []) response.end();
    },
    async stop(): Promise<void> {
      for (const response of asking()) response.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type SceneWithGate = Scene & { gate: Gate };

/** What a worker at a place is told besides; asked for each that starts. */
type More = (place: number) => Record<string, string>;

/** A scene whose builds find a gate. */
export async function startSceneWithGate(
  moreIn: (world: World) => Promise<More> = async () => () => ({}),
): Promise<SceneWithGate> {
  const gate = await startGate();
  const scene = await startScene(async (world) => {
    const gated = gate.environment(world.environment.worker.WORKER_EGRESS_ROUTES);
    const more = await moreIn(world);
    return { workerEnvironment: (place) => ({ ...gated, ...more(place) }) };
  });
  // Where packaging finds it.
  await scene.ctx.db.deployProfile.update({ where: { id: scene.profiles.staging }, data: { deployHosts: [host] } });
  return {
    ...scene,
    gate,
    async stop() {
      await scene.stop();
      await gate.stop();
    },
  };
}
