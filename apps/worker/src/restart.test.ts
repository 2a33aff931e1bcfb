import { setTimeout as pause } from "node:timers/promises";
import { getDeployment } from "@branchline/core/deployments/queries";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment, readLog } from "./testing/deployments.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { leaseOf } from "./testing/lease.ts";
import { stepMs, waitingRepository, waits } from "./testing/waiting.ts";

/** Of the workers that start next. */
let drainMs = 60_000;
let gate: SceneWithGate["gate"];
let scene: SceneWithGate;
beforeAll(async () => {
  scene = await startSceneWithGate(async () => () => ({ WORKER_DRAIN_MS: String(drainMs) }));
  gate = scene.gate;
});
afterAll(() => scene?.stop());

/** For long enough that every run has something to write meanwhile. */
const awayMs = 1_000;
const handedOver = "This worker ends. Another one goes on with the deployment.";

test("fault 4: a worker that must end at once hands over: what is before AWS starts again elsewhere, what is after it is followed, and none counts as lost", async () => {
  const early = await waitingRepository(scene, "early");
  const late = await waitingRepository(scene, "late");
  const numbers = {
    early: await early.deploy({ test: gate.ask("early") }),
    late: await late.deploy({ waits: ["Gate"] }),
  };
  await gate.arrived("early");
  await waits(scene, numbers.late, "Gate");
  const { ended } = scene.machines.signalWorker("SIGTERM");
  await scene.machines.addWorker();
  for (const number of Object.values(numbers))
    expect(await leaseOf(scene, number)).toMatchObject({ epoch: 1, isHeld: true });
  scene.machines.signalWorker("SIGTERM");
  await ended;
  expect(gate.waiting("early")).toBe(0);
  await gate.arrived("early");
  gate.open("early");
  await late.stack.signal("Gate", "SUCCESS");
  for (const number of Object.values(numbers)) {
    const deployment = await endedDeployment(scene, number);
    expect(deployment.status, deployment.log).toBe("succeeded");
    expect(deployment.log).toContain(handedOver);
    expect(await leaseOf(scene, number)).toMatchObject({ epoch: 2, lostWorkers: 0 });
  }
  expect([await early.stack.updates(), await late.stack.updates()]).toEqual([1, 1]);
});

test("fault 13: a crash of Postgres while a deployment runs costs it nothing: neither its place, nor a line, nor an attempt", async () => {
  const { deploy, stack } = await waitingRepository(scene, "crashed");
  const counting = "(i=0; while :; do i=$((i+1)); echo busy $i; sleep 0.1; done)";
  const number = await deploy({ test: `${counting} & ${gate.ask("crashed")}` });
  await gate.arrived("crashed");
  await scene.world.crash("postgres", () => pause(awayMs));
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await until("its log goes on", stepMs, async () =>
    (await readLog(scene, deploymentId)).includes("busy 30\n") ? true : null,
  );
  gate.open("crashed");
  const { status, log } = await endedDeployment(scene, number);
  expect(status, log).toBe("succeeded");
  expect(await leaseOf(scene, number)).toMatchObject({ epoch: 1, lostWorkers: 0 });
  const told = [...log.matchAll(/^busy (\d+)$/gm)].map(([, count]) => Number(count));
  expect(told).toEqual(told.map((_, place) => place + 1));
  expect(await stack.updates()).toBe(1);
});

test("fault 4: restarting every worker, one after the other and twice, fails no deployment and loses none", async () => {
  drainMs = 1_500;
  for (const place of [0, 1]) await scene.machines.restartWorker(place);
  const names = ["rolling-a", "rolling-b", "rolling-c"];
  const waiting = await Promise.all(names.map((name) => waitingRepository(scene, name)));
  const numbers = await Promise.all(waiting.map(({ deploy }) => deploy({ test: "sleep 2" })));
  for (const place of [0, 1, 0, 1]) await scene.machines.restartWorker(place);
  const deployments = await Promise.all(numbers.map((number) => endedDeployment(scene, number)));
  for (const [index, { number, status, log }] of deployments.entries()) {
    expect(status, log).toBe("succeeded");
    expect(await leaseOf(scene, number)).toMatchObject({ lostWorkers: 0 });
    expect(await waiting[index]?.stack.updates()).toBe(1);
  }
  expect(deployments.some(({ log }) => log.includes(handedOver))).toBe(true);
});
