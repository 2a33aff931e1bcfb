import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import { type KeptChild, keepChild } from "./kept-child.ts";
import { nodeBinary, repositoryRoot } from "./paths.ts";
import type { World } from "./world.ts";
import type { AppEnvironments, Environment } from "./world-environment.ts";

export type Apps = {
  pids: { web: number; api: number; worker: number };
  /** Settles with the name of the first app that ended by itself. */
  fell: Promise<string>;
  stop(): Promise<void>;
};

export type AppsOptions = {
  /** Live reload: `next dev` and `node --watch`. */
  isDev?: boolean;
  onStep?(step: string, milliseconds: number): void;
};

const webDirectory = join(repositoryRoot, "apps/web");

/**
 * Starts web, api and worker on a world, and waits until each says that it is ready.
 * @throws Error with the end of the log of the one that did not start, after the others have been stopped
 */
export async function startApps(world: World, options: AppsOptions = {}): Promise<Apps> {
  const isDev = options.isDev ?? false;
  const start = performance.now();
  const timed = async (name: string, starting: Promise<Child>): Promise<Child> => {
    const child = await starting;
    options.onStep?.(name, performance.now() - start);
    return child;
  };
  const starting = [
    timed("Web", startWeb(world, isDev)),
    timed("Api", startNode(world, "api", isDev)),
    timed("Worker", startNode(world, "worker", isDev)),
  ] as const;
  const settled = await Promise.allSettled(starting);
  const children = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
  };
  const failed = settled.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const [web, api, worker] = await Promise.all(starting);
  return {
    pids: { web: web.pid, api: api.pid, worker: worker.pid },
    fell: Promise.race(children.map((child) => child.exited.then(() => child.name))),
    stop,
  };
}

export type Machines = Awaited<ReturnType<typeof startMachines>>;

export type MachinesOptions = {
  /** How many workers. */
  workers?: number;
  /** What the environment of the worker at a place says otherwise than the world does. */
  workerEnvironment?(place: number): Environment;
  /** Told of one that ended by itself, which is then started again; without this it stays down. */
  onFall?(name: string): void;
};

/** Api and workers alone: what runs when nobody looks. */
export async function startMachines(world: World, options: MachinesOptions = {}) {
  const { workers: workerCount = 1, workerEnvironment = () => ({}), onFall } = options;
  const startWorker = (place: number) =>
    keepChild(() => startNode(placeOf(world, place, workerEnvironment(place)), "worker", false), onFall);
  const [api, ...workers] = await Promise.all([
    keepChild(() => startApi(world), onFall),
    ...Array.from({ length: workerCount }, (_, place) => startWorker(place)),
  ]);
  const workerAt = (place: number): KeptChild => {
    const worker = workers[place];
    if (worker === undefined) throw new Error(`There is no worker ${place}`);
    return worker;
  };
  return {
    /** A worker is killed as by a machine that loses its power; settles when another one is ready. */
    replaceWorker: (place = 0) => workerAt(place).replace((worker) => worker.kill("SIGKILL")),
    /** A worker is asked to end, as by a deployment of ours, and followed by another. */
    restartWorker: (place = 0) => workerAt(place).replace((worker) => worker.stop()),
    signalWorker(signal: NodeJS.Signals, place = 0): { ended: Promise<unknown> } {
      const { pid, exited } = workerAt(place).now();
      process.kill(pid, signal);
      return { ended: exited };
    },
    /** A worker does nothing until it is thawed, and then goes on as if nothing had been. @returns what thaws it */
    freezeWorker: (place = 0) => workerAt(place).now().freeze(),
    async addWorker(): Promise<void> {
      workers.push(await startWorker(workers.length));
    },
    /** The one that was added last. */
    async removeWorker(): Promise<void> {
      await workers.pop()?.stop();
    },
    replaceApi: () => api.replace((one) => one.kill("SIGKILL")),
    async stop(): Promise<void> {
      await Promise.all([api, ...workers].map((child) => child.stop()));
    },
  };
}

/** Workers share no directory. */
function placeOf({ logsDirectory, environment }: World, place: number, otherwise: Environment) {
  const suffix = place === 0 ? "" : `-${place + 1}`;
  const worker = { ...environment.worker, WORKER_DIR: `${environment.worker.WORKER_DIR}${suffix}`, ...otherwise };
  return { logsDirectory, environment: { worker } };
}

/** The dashboard alone. */
export async function startWeb(world: World, isDev = false): Promise<Child> {
  const args = isDev ? [join(webDirectory, "node_modules/next/dist/bin/next"), "dev"] : [standaloneServer()];
  const port = ["--port", String(world.ports.web), "--hostname", "127.0.0.1"];
  return await startChild({
    name: "web",
    command: nodeBinary,
    args: isDev ? [...args, ...port] : args,
    cwd: webDirectory,
    environment: { ...world.environment.web, NODE_ENV: isDev ? "development" : "production" },
    logFile: join(world.logsDirectory, "web.log"),
    isReady: (line) => /Ready in|✓ Ready/.test(line),
  });
}

function standaloneServer(): string {
  const server = join(webDirectory, ".next/standalone/apps/web/server.js");
  if (!existsSync(server)) throw new Error("The web app is not built: `npm run demo` or `npm test` builds it");
  return server;
}

/** The api alone, in a world that may have no more than it needs. */
export function startApi(world: { logsDirectory: string; environment: Pick<AppEnvironments, "api"> }): Promise<Child> {
  return startNode(world, "api", false);
}

async function startNode<Name extends "api" | "worker">(
  world: { logsDirectory: string; environment: Pick<AppEnvironments, Name> },
  name: Name,
  isDev: boolean,
): Promise<Child> {
  const watch = isDev ? ["--watch", "--watch-preserve-output"] : [];
  // As docker/services.Dockerfile starts it.
  const young = name === "api" ? ["--max-semi-space-size=16"] : [];
  return await startChild({
    name,
    command: nodeBinary,
    args: ["--no-warnings", ...young, ...watch, join(repositoryRoot, "apps", name, "src/main.ts")],
    environment: { ...world.environment[name], NODE_ENV: isDev ? "development" : "production" },
    logFile: join(world.logsDirectory, `${name}.log`),
    isReady: (line) => line.includes(`"${name} ready"`),
  });
}
