import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { leaseMs } from "@branchline/core/deployments/lease";
import { getDeployment } from "@branchline/core/deployments/queries";
import { newNap, sleepers } from "@branchline/testing/sleepers";
import { whileHeld } from "@branchline/testing/sql";
import { startTcpProxy, type TcpProxy } from "@branchline/testing/tcp-proxy";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment } from "./testing/deployments.ts";
import { blockEventLoop, debuggable } from "./testing/event-loop.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { leaseOf } from "./testing/lease.ts";
import { inPhase, stepMs, waitingRepository, waits } from "./testing/waiting.ts";

/** The first worker speaks with Postgres through it. */
let network: TcpProxy;
let scene: SceneWithGate;
beforeAll(async () => {
  scene = await startSceneWithGate(async ({ databaseUrl }) => {
    const database = new URL(databaseUrl);
    network = await startTcpProxy({ host: database.hostname, port: Number(database.port) });
    database.port = String(network.port);
    const first = { DATABASE_URL: database.href, ...debuggable };
    return (place) => (place === 0 ? first : {});
  });
});
afterAll(async () => {
  await scene?.stop();
  await network?.stop();
});

const takenOver = (number: number) =>
  until(`another worker has #${number}`, stepMs, async () => ((await leaseOf(scene, number)).epoch > 1 ? true : null));

test("fault 7: a worker that is cut off from Postgres for longer than its lease has killed its builds when another one goes on, and what touched AWS is followed", async () => {
  const [early, late] = await Promise.all([
    waitingRepository(scene, "cut-early"),
    waitingRepository(scene, "cut-late"),
  ]);
  const nap = newNap();
  const numbers = { early: await early.deploy({ test: `sleep ${nap}` }), late: await late.deploy({ waits: ["Gate"] }) };
  await inPhase(scene, numbers.early, "test");
  await waits(scene, numbers.late, "Gate");
  await scene.machines.addWorker();
  expect(await sleepers(nap)).not.toEqual([]);

  network.cut();
  await takenOver(numbers.early);
  expect(await sleepers(nap)).toEqual([]);
  await late.stack.signal("Gate", "SUCCESS");
  const followed = await endedDeployment(scene, numbers.late);
  expect(followed.status, followed.log).toBe("succeeded");
  expect(await late.stack.updates()).toBe(1);

  network.restore();
  await inPhase(scene, numbers.early, "test", 1);
  expect(await leaseOf(scene, numbers.early)).toEqual({ epoch: 2, isHeld: true, lostWorkers: 1 });
  const { deploymentId } = await getDeployment(scene.ctx, numbers.early);
  await cancelDeployment(scene.ctx, { deploymentId });
  expect(await endedDeployment(scene, numbers.early)).toMatchObject({ status: "cancelled" });
  expect(await sleepers(nap)).toEqual([]);
  await scene.machines.removeWorker();
});

/** Settles when somebody waits for the table of apps, which a worker reads when it learns what a deployment is. */
const appsAwaited = () =>
  until("apps are waited for", stepMs, async () => {
    const waiting = await scene.ctx.db.$queryRaw<object[]>`
      SELECT FROM pg_locks WHERE relation = 'apps'::regclass AND NOT granted`;
    return waiting[0] ?? null;
  });

test("fault 13: a Postgres that goes away between a claim and the first read costs a deployment neither its place nor an attempt", async () => {
  const { deploy } = await waitingRepository(scene, "unread");
  await deploy({ test: scene.gate.ask("unread") });
  await scene.gate.arrived("unread");
  const number = await deploy({});
  await whileHeld(scene.world.databaseUrl, "LOCK TABLE apps", async () => {
    scene.gate.open("unread");
    await until("it is claimed", stepMs, async () => ((await leaseOf(scene, number)).epoch === 1 ? true : null));
    await appsAwaited();
    network.cut();
  });
  const refused = network.refused();
  await until("a further try is refused", stepMs, async () => (network.refused() > refused ? true : null));
  network.restore();
  const { status, log } = await endedDeployment(scene, number);
  expect(status, log).toBe("succeeded");
  expect(await leaseOf(scene, number)).toMatchObject({ epoch: 1, lostWorkers: 0 });
});

test("fault 55: a worker that thaws after another one took its deployment over writes nothing more, and its build deploys nothing", async () => {
  const { deploy, stack } = await waitingRepository(scene, "frozen");
  const number = await deploy({ test: "sleep 4" });
  await inPhase(scene, number, "test");
  const thaw = scene.machines.freezeWorker();
  await scene.machines.addWorker();
  const told = await endedDeployment(scene, number);
  expect(told.status, told.log).toBe("succeeded");
  thaw();
  await until("the thawed worker gives its build up", stepMs, async () => {
    const builds = await readdir(join(scene.world.environment.worker.WORKER_DIR ?? "", "builds"));
    return builds.includes(told.deploymentId) ? null : builds;
  });
  await scene.machines.removeWorker();
  // How long one typically takes is told anew after each.
  expect(await endedDeployment(scene, number)).toEqual({ ...told, typicalMs: expect.any(Number) });
  expect(await stack.updates()).toBe(1);
});

test("fault 5: a worker whose event loop is blocked for longer than its lease keeps it, and its deployment runs once", async () => {
  const { deploy, stack } = await waitingRepository(scene, "blocked");
  const number = await deploy({ test: `${scene.gate.ask("blocked")} && sleep 4` });
  await scene.gate.arrived("blocked");
  await scene.machines.addWorker();
  scene.gate.open("blocked");
  const blocking = blockEventLoop(scene, leaseMs + 3_000).then(() => "over");
  for (let told = "blocked"; told !== "over"; ) {
    expect(await leaseOf(scene, number)).toEqual({ epoch: 1, isHeld: true, lostWorkers: 0 });
    told = await Promise.race([blocking, new Promise<string>((resolve) => setTimeout(resolve, 500, "blocked"))]);
  }
  const deployment = await endedDeployment(scene, number);
  expect(deployment.status, deployment.log).toBe("succeeded");
  expect(await leaseOf(scene, number)).toMatchObject({ epoch: 1, lostWorkers: 0 });
  expect(await stack.updates()).toBe(1);
});
