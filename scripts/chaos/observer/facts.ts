import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readWholeLog } from "@branchline/core/logs/queries";
import { accounts } from "@branchline/testing/aws-accounts";
import type { AcceptedChange } from "@branchline/testing/aws-door";
import { type StackUpdate, stacksOf } from "@branchline/testing/aws-stacks";
import type { World } from "@branchline/testing/world";
import type { Arena } from "../arena.ts";
import { services, stackNameOf } from "../services.ts";
import type { Stream } from "../stream.ts";
import { type History, readHistories } from "./histories.ts";

export type StackFacts = { version: string | null; updates: StackUpdate[] };

/** What anybody can see from outside. */
export type Facts = {
  histories: History[];
  /** By service. */
  stacks: Map<string, StackFacts>;
  /** What AWS was asked to change, and did. */
  accepted: readonly AcceptedChange[];
  /** The log of each deployment that GitHub was told of, by its id. */
  logs: Map<string, string>;
  /** What the programs and Redis wrote to their disks, by file. */
  files: Map<string, string>;
};

export async function readFacts(arena: Arena, stream: Stream): Promise<Facts> {
  const { world, aws } = arena;
  const histories = await readHistories(world, stream);
  const ids = new Set(
    histories.flatMap(({ moments }) => moments.flatMap(({ told }) => told.map((one) => one.deploymentId))),
  );
  return {
    histories,
    stacks: new Map(
      await Promise.all(services.map(async (service) => [service, await stackOf(world, service)] as const)),
    ),
    accepted: aws.accepted,
    logs: new Map(await Promise.all([...ids].map(async (id) => [id, await logOf(arena, id)] as const))),
    files: new Map([...(await filesIn(world.logsDirectory)), ...(await filesIn(join(world.directory, "valkey")))]),
  };
}

async function stackOf({ aws }: World, service: string): Promise<StackFacts> {
  const stack = await stacksOf(aws, accounts.staging, stackNameOf(service));
  if ((await stack.status()) === null) return { version: null, updates: [] };
  return { version: (await stack.outputs()).Version ?? null, updates: await stack.history() };
}

async function logOf({ acme }: Arena, deploymentId: string): Promise<string> {
  let log = "";
  for await (const part of readWholeLog(acme.ctx.db, deploymentId)) log += part;
  return log;
}

async function filesIn(directory: string): Promise<[string, string][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, "latin1")] as const));
}
