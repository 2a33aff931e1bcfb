import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { accounts } from "@branchline/testing/aws-accounts";
import type { AcceptedChange } from "@branchline/testing/aws-door";
import { type StackUpdate, stacksOf } from "@branchline/testing/aws-stacks";
import type { World } from "@branchline/testing/world";
import type { Arena, Wires } from "../arena.ts";
import { services, stackNameOf } from "../services.ts";
import type { Stream } from "../stream.ts";
import { type History, readHistories } from "./histories.ts";
import { readLogs } from "./logs.ts";
import type { Begun } from "./recoveries.ts";

export type StackFacts = { version: string | null; updates: StackUpdate[] };

/** What anybody can see from outside. */
export type Facts = {
  histories: History[];
  /** By service. */
  stacks: Map<string, StackFacts>;
  /** Which worker asked for the role of which deployment. */
  begun: readonly Begun[];
  /** What AWS was asked to change, and did. */
  accepted: readonly AcceptedChange[];
  /** The log of each deployment that GitHub was told of, by its id, as the dashboard gives it to people. */
  logs: Map<string, string>;
  /** What the programs and Redis wrote to their disks, by file. */
  files: Map<string, string>;
};

export async function readFacts(arena: Arena, stream: Stream): Promise<Facts> {
  const { world, wires } = arena;
  const histories = await readHistories(world, stream);
  const ids = new Set(
    histories.flatMap(({ moments }) => moments.flatMap(({ told }) => told.map((one) => one.deploymentId))),
  );
  return {
    histories,
    stacks: new Map(
      await Promise.all(services.map(async (service) => [service, await stackOf(world, service)] as const)),
    ),
    begun: begunBy(wires),
    accepted: wires.flatMap(({ aws }) => aws.accepted),
    logs: await readLogs(arena, [...ids]),
    files: new Map([...(await filesIn(world.logsDirectory)), ...(await filesIn(join(world.directory, "valkey")))]),
  };
}

function begunBy(wires: readonly Wires[]): Begun[] {
  const begun = wires.flatMap(({ aws }, place) => aws.rolesAsked.map((asked) => ({ ...asked, place })));
  return begun.toSorted((one, other) => one.at - other.at);
}

async function stackOf({ aws }: World, service: string): Promise<StackFacts> {
  const stack = await stacksOf(aws, accounts.staging, stackNameOf(service));
  if ((await stack.status()) === null) return { version: null, updates: [] };
  return { version: (await stack.outputs()).Version ?? null, updates: await stack.history() };
}

async function filesIn(directory: string): Promise<[string, string][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, "latin1")] as const));
}
