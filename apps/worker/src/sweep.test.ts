import { defaultLimits } from "@branchline/core/deployments/limits";
import { createDb } from "@branchline/db";
import { testDatabase } from "@branchline/testing/database";
import { startTcpProxy } from "@branchline/testing/tcp-proxy";
import { pino } from "pino";
import { test, vi } from "vitest";
import { startSweep } from "./sweep.ts";

test.concurrent.for(["cut", "freeze"] as const)(
  "a worker leaves the jobs to others while its connection to Postgres is gone (%s), and takes them again when it is back",
  async (harm, { expect, onTestFinished }) => {
    const { url, close } = await testDatabase();
    const address = new URL(url);
    const network = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
    address.port = String(network.port);
    const db = createDb(address.href, 10, 20_000);
    const told: string[] = [];
    const parts = {
      db,
      doorbell: { ring: async () => undefined },
      limits: defaultLimits,
      log: pino({ level: "silent" }),
    };
    const served = { rest: () => void told.push("rest"), goOn: () => void told.push("goOn") };
    const sweeping = startSweep(parts as unknown as Parameters<typeof startSweep>[0], served);
    onTestFinished(async () => {
      sweeping.stop();
      network.restore();
      await db.$disconnect();
      await network.stop();
      await close();
    });
    const becomes = (state: string) => vi.waitFor(() => expect(told.at(-1)).toBe(state), { timeout: 60_000 });
    await becomes("goOn");
    network[harm]();
    await becomes("rest");
    network.restore();
    await becomes("goOn");
  },
);
