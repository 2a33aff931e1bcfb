import { defaultLimits } from "@branchline/core/deployments/limits";
import type { Handlers } from "@branchline/queue";
import { ringing, serving } from "@branchline/queue/testing/bells";
import { testDatabase, testRedis } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { expect, onTestFinished, test, vi } from "vitest";
import { handlersOf } from "../handlers.ts";
import type { Parts } from "../parts.ts";

test("what is queued while an admission is under way, and has looked already, is admitted right after it, without a sweep", async () => {
  const [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  onTestFinished(async () => void (await Promise.all([database.close(), redis.close()])));
  const { db } = database;
  const doorbell = ringing(redis.url);
  const hasLooked = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const held: Parts["doorbell"] = {
    async ring(bells) {
      hasLooked.resolve();
      await goesOn.promise;
      await doorbell.ring(bells);
    },
  };
  const admitted: string[] = [];
  const parts = { db, doorbell: held, limits: defaultLimits } as unknown as Parts;
  const handlers: Handlers = {
    ...handlersOf(parts),
    "deployment.run": async ({ deploymentId }) => void admitted.push(deploymentId),
  };
  const served = serving(redis.url, handlers);
  onTestFinished(() => goesOn.resolve());
  const given = givenIn(db);
  const organization = await given.organization();
  const [orders, billing] = [await given.service(organization), await given.service(organization, { name: "billing" })];
  await served.ready;

  const first = await given.deployment(organization, orders);
  await doorbell.ring([{ name: "deployment.admit", payload: {} }]);
  await hasLooked.promise;
  const second = await given.deployment(organization, billing);
  await doorbell.ring([{ name: "deployment.admit", payload: {} }]);
  goesOn.resolve();
  await vi.waitFor(() => expect(admitted).toContain(second.deploymentId), { timeout: 20_000 });
  expect(admitted).toContain(first.deploymentId);
});
