import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type LocalAws, startAws } from "./aws.ts";
import { accounts, createPlatformIdentity } from "./aws-accounts.ts";
import { type LocalGithub, localApp, startLocalGithub } from "./github.ts";
import { startDatabase } from "./own-database.ts";
import { freePorts } from "./ports.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { startValkey, type Valkey } from "./valkey.ts";
import { type AppEnvironments, environmentsOf } from "./world-environment.ts";
import { loadSecrets } from "./world-secrets.ts";

export type PortName = "web" | "api" | "github" | "aws" | "postgres" | "valkey";
export type WorldPorts = Record<PortName, number>;

/** Where the demo listens, unless somebody else does. */
export const demoPorts: WorldPorts = {
  web: 3000,
  api: 3001,
  github: 3002,
  aws: 4566,
  postgres: 5440,
  valkey: 6390,
};
const anyPorts: WorldPorts = { web: 0, api: 0, github: 0, aws: 0, postgres: 0, valkey: 0 };

export type World = {
  directory: string;
  logsDirectory: string;
  ports: WorldPorts;
  webUrl: string;
  apiUrl: string;
  databaseUrl: string;
  redisUrl: string;
  github: LocalGithub;
  aws: LocalAws & { accounts: typeof accounts };
  environment: AppEnvironments;
  /**
   * Ends a server without a word, and settles when it is there again with what its disk has.
   * @param lose takes from its disk what a machine that loses its power would
   */
  crash(server: "postgres" | "valkey", lose?: () => Promise<void>): Promise<void>;
  /** Valkey does nothing until it is thawed. @returns what thaws it */
  freezeValkey(): () => void;
  /** Ends all four servers; the data stays. */
  stop(): Promise<void>;
};

export type WorldOptions = {
  /** Keeps all data; a second start goes on with it. */
  directory: string;
  /** Wished ones: a busy port moves to the next free one, and 0 takes any. */
  ports?: WorldPorts;
  /** Told the name of each part and how long it took. */
  onStep?(step: string, milliseconds: number): void;
};

/**
 * All that the apps need, for real: Postgres with the newest schema, Valkey, AWS with three accounts, and GitHub.
 * @throws Error of the part that did not start, after the others have been stopped
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { directory } = options;
  const logsDirectory = join(directory, "logs");
  await mkdir(logsDirectory, { recursive: true });
  const [ports, secrets] = await Promise.all([freePorts(options.ports ?? anyPorts), loadSecrets(directory)]);
  const webUrl = `http://localhost:${ports.web}`;
  const apiUrl = `http://localhost:${ports.api}`;
  const step = timer(options.onStep);
  const place = (name: string, port: number) => {
    return { directory: join(directory, name), port, logFile: join(logsDirectory, `${name}.log`) };
  };
  const app = localApp(secrets);
  const places = { postgres: place("postgres", ports.postgres), valkey: place("valkey", ports.valkey) };
  const parts = await allOrNone([
    step("Postgres", startDatabase(places.postgres)),
    step("Valkey", startValkey(places.valkey)),
    step("AWS emulator", startAws(place("aws", ports.aws))),
    step("Local GitHub", startLocalGithub({ ...place("github", ports.github), app, webUrl, apiUrl })),
  ] as const);
  const [postgres, valkey, aws, github] = parts;
  const crashable = { postgres, valkey };
  const stop = () => stopAll([aws, github, ...Object.values(crashable)]);
  const crash: World["crash"] = async (server, lose) => {
    await crashable[server].crash();
    await lose?.();
    if (server === "postgres") crashable.postgres = await startPostgres(places.postgres);
    else crashable.valkey = await startValkey(places.valkey);
  };
  try {
    const identity = await createPlatformIdentity(aws);
    const databaseUrl = postgres.url("branchline");
    const addresses = { webUrl, apiUrl, databaseUrl, redisUrl: valkey.url };
    const environment = environmentsOf({ ...addresses, directory, secrets, app, github, aws, identity });
    return {
      directory,
      logsDirectory,
      ports,
      ...addresses,
      github,
      aws: { ...aws, accounts },
      environment,
      crash,
      freezeValkey: () => crashable.valkey.child.freeze(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stoppable = Postgres | Valkey | LocalAws | LocalGithub;

async function allOrNone<const Parts extends readonly Promise<Stoppable>[]>(
  starting: Parts,
): Promise<{ [Key in keyof Parts]: Awaited<Parts[Key]> }> {
  try {
    return (await Promise.all(starting)) as { [Key in keyof Parts]: Awaited<Parts[Key]> };
  } catch (error) {
    const settled = await Promise.allSettled(starting);
    await stopAll(settled.flatMap((part) => (part.status === "fulfilled" ? [part.value] : [])));
    throw error;
  }
}

async function stopAll(parts: Stoppable[]): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
}

function timer(onStep: WorldOptions["onStep"]) {
  const start = performance.now();
  return async <T>(name: string, work: Promise<T>): Promise<T> => {
    const result = await work;
    onStep?.(name, performance.now() - start);
    return result;
  };
}
