import { startTcpProxy } from "@branchline/testing/tcp-proxy";
import { expect, onTestFinished, test, vi } from "vitest";
import type { QueueName } from "./catalogue.ts";
import { concurrency, type Listen, listening, redis, ringing } from "./testing/bells.ts";

/** A worker that speaks with Redis through a network of its own, and the queues that it says it is deaf to. */
async function listener(listen: Listen = async () => undefined) {
  const own = await redis();
  const address = new URL(own);
  const network = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
  onTestFinished(network.stop);
  address.port = String(network.port);
  const deaf: QueueName[] = [];
  const served = listening(address.href, listen, { deafAfterMs: 4_000, onDeaf: (queue) => void deaf.push(queue) });
  await served.ready;
  return { network, served, deaf, doorbell: ringing(own), url: own };
}

/** All places of a queue are taken, until the test is over. */
async function busyListener() {
  const building = Promise.withResolvers<void>();
  onTestFinished(() => building.resolve());
  const listen = vi.fn<Listen>(() => building.promise);
  const busy = await listener(listen);
  const deploymentIds = Array.from({ length: concurrency.builds }, (_, id) => String(id));
  await busy.doorbell.ring(
    deploymentIds.map((deploymentId) => ({ name: "deployment.run", payload: { deploymentId } })),
  );
  await vi.waitFor(() => expect(listen).toHaveBeenCalledTimes(concurrency.builds), { timeout: 20_000 });
  return busy;
}

test("a worker whose connections fell silent notices that it is deaf, but for what it has no place for; one that is heard, rests or is cut off is not", async () => {
  const [silent, heard, resting, cutOff] = [await busyListener(), await listener(), await listener(), await listener()];
  silent.network.silence();
  resting.served.rest();
  cutOff.network.cut();
  const others = Object.keys(concurrency).filter((name) => name !== "builds");
  await vi.waitFor(() => expect(silent.deaf.toSorted()).toEqual(others.toSorted()), { timeout: 25_000 });
  expect([heard.deaf, resting.deaf, cutOff.deaf]).toEqual([[], [], []]);
});

test("a worker whose connections fell silent beside one that hears takes jobs again within twenty-five seconds, by itself", async () => {
  const building = Promise.withResolvers<void>();
  onTestFinished(() => building.resolve());
  const others = vi.fn<Listen>(() => building.promise);
  const its = vi.fn<Listen>(async () => undefined);
  const silent = await listener(its);
  silent.network.silence();
  await listening(silent.url, others).ready;
  const deploymentIds = Array.from({ length: concurrency.builds + 1 }, (_, id) => String(id));
  await silent.doorbell.ring(
    deploymentIds.map((deploymentId) => ({ name: "deployment.run", payload: { deploymentId } })),
  );
  await vi.waitFor(() => expect(its).toHaveBeenCalledTimes(1), { timeout: 25_000 });
  expect(others).toHaveBeenCalledTimes(concurrency.builds);
});
