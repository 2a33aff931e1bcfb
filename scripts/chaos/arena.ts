import { type Machines, startMachines, startWeb } from "@branchline/testing/apps";
import { type AwsDoor, startAwsDoor } from "@branchline/testing/aws-door";
import { keepChild } from "@branchline/testing/kept-child";
import { type Acme, setUpAcme } from "@branchline/testing/scene/acme";
import { startTcpProxy, type TcpProxy } from "@branchline/testing/tcp-proxy";
import { startWorld, type World } from "@branchline/testing/world";
import { step } from "../demo/steps.ts";
import { pause } from "./pause.ts";

/** Between a worker and its servers, and AWS. */
export type Wires = { postgres: TcpProxy; redis: TcpProxy; aws: AwsDoor };

/** The real system, with everything between its parts within a fault's reach. */
export type Arena = {
  world: World;
  machines: Machines;
  acme: Acme;
  /** By the place of the worker. */
  wires: [Wires, Wires];
  /** Aborts when chaos is to end before its time: no harm begins any more, and what was begun is over at once. */
  stopAsked: AbortSignal;
  pause(milliseconds: number): Promise<void>;
  /** Each program that ended by itself, which none of ours ever may. */
  fallen: string[];
  close(): Promise<void>;
};

export async function openArena(directory: string, stopAsked: AbortSignal): Promise<Arena> {
  const fallen: string[] = [];
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closers.toReversed()) await one();
  };
  try {
    const world = await step("All servers", () => startWorld({ directory }));
    closers.push(world.stop);
    const wires: [Wires, Wires] = [await startWires(world), await startWires(world)];
    closers.push(() =>
      Promise.all(wires.flatMap(({ postgres, redis, aws }) => [postgres, redis, aws].map((wire) => wire.stop()))),
    );
    const workerEnvironment = (place: number) => environmentOf(world, wires[place] ?? wires[0]);
    const onFall = (name: string) => void fallen.push(name);
    const machines = await step("Api and two workers", () =>
      startMachines(world, { workers: wires.length, workerEnvironment, onFall }),
    );
    closers.push(machines.stop);
    const web = await step("Web", () => keepChild(() => startWeb(world), onFall));
    closers.push(web.stop);
    const acme = await setUpAcme(world);
    closers.push(acme.close);
    return { world, machines, acme, wires, stopAsked, pause: (ms) => pause(ms, stopAsked), fallen, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startWires({ ports, aws }: World): Promise<Wires> {
  const [postgres, redis, door] = await Promise.all([
    startTcpProxy({ host: "127.0.0.1", port: ports.postgres }),
    startTcpProxy({ host: "127.0.0.1", port: ports.valkey }),
    startAwsDoor(aws),
  ]);
  return { postgres, redis, aws: door };
}

/** Where a worker finds its servers, and AWS: each behind what a fault can seize. */
function environmentOf({ databaseUrl, redisUrl, environment, ports }: World, { postgres, redis, aws }: Wires) {
  const routes = environment.worker.WORKER_EGRESS_ROUTES ?? "";
  return {
    DATABASE_URL: by(databaseUrl, postgres.port),
    REDIS_URL: by(redisUrl, redis.port),
    AWS_ENDPOINT_URL: aws.endpoint,
    WORKER_EGRESS_ROUTES: routes.replace(`=127.0.0.1:${ports.aws}`, `=127.0.0.1:${aws.port}`),
  };
}

function by(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}
