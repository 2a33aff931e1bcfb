import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listQueued } from "@branchline/core/deployments/list-queued";
import { getDeployment } from "@branchline/core/deployments/queries";
import { removeParameter } from "@branchline/core/parameters/remove";
import { setParameter } from "@branchline/core/parameters/set";
import { generateIdentity, seal } from "@branchline/secrets";
import { accounts, createDeployRole, deleteDeployRole } from "@branchline/testing/aws-accounts";
import { throttling } from "@branchline/testing/aws-gate";
import { type Stacks, stacksOf } from "@branchline/testing/aws-stacks";
import { dumpOfPostgres, filesWith, formsOf, overhearRedis, quietQueue } from "@branchline/testing/leaks";
import { type Clone, cloneRepository } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  deploymentsOf,
  type EndedDeployment,
  endedDeployment,
  queuedDeployment,
  readLog,
} from "./testing/deployments.ts";
import { type GatedScene, startGatedScene } from "./testing/gated.ts";
import { canaries, enableHostileService, plain } from "./testing/hostile-scene.ts";
import { brokenResource, dotEnv, hostileBranch, hostileService } from "./testing/hostile-service.ts";
import { enableRepository } from "./testing/scene.ts";
import { mendRole, stagingRole, testedProfile } from "./testing/staging-role.ts";
import { parked, stepMs } from "./testing/waiting.ts";
import { inFolder, type WaitingService, waitingService } from "./testing/waiting-service.ts";

let scene: GatedScene;
beforeAll(async () => {
  scene = await startGatedScene();
});
afterAll(() => scene?.stop());
beforeEach(() => scene.gate.refuseWith(() => null));

describe("a service that attacks its own deployment", () => {
  let clone: Clone;
  let deployment: EndedDeployment;
  let asked: URLSearchParams[];
  let overheard: Awaited<ReturnType<typeof overhearRedis>>;
  const canaryFile = join(tmpdir(), `pwned-${randomUUID()}`);
  const branch = hostileBranch(canaryFile);
  const secrets = canaries.map(({ value }) => value).flatMap(formsOf);
  const looksLikeKey = /gh[a-z]_\w{20}|ASIA\w{12}|AGE-SECRET-KEY|PRIVATE KEY/;
  const secretsIn = (text: string) => secrets.filter((secret) => text.includes(secret));

  beforeAll(async () => {
    overheard = await overhearRedis(scene.world.redisUrl);
    await enableHostileService(scene);
    clone = await cloneRepository(scene.world.github, scene.token, "acme/hostile");
    scene.gate.asked.length = 0;
    const { deployments } = await deploymentsOf(scene, await clone.push(branch, { ".env": dotEnv }, branch));
    const [first] = deployments;
    if (first === undefined) throw new Error("Nothing was deployed");
    deployment = first;
    asked = [...scene.gate.asked];
  });
  afterAll(async () => {
    overheard?.stop();
    await clone?.remove();
  });

  const lines = (about: string) => deployment.log.split("\n").filter((line) => line.startsWith(`HOSTILE ${about}`));

  test("deploys all the same, in the profile's account", () => {
    expect(deployment.status, deployment.log).toBe("succeeded");
    expect(deployment.profile.accountId).toBe("222233334444");
  });

  test.each(["install", "test"])("threat 13: scripts of the %s phase that look for credentials: none", (phase) => {
    expect(lines(`${phase} sees`)).toEqual([`HOSTILE ${phase} sees CANARY_MARKED`]);
    expect(lines(`${phase} sockets`)).toEqual([`HOSTILE ${phase} sockets egress.sock`]);
    expect(lines(`${phase} asks`)).toEqual([
      `HOSTILE ${phase} asks the broker: The credentials of this deployment are no longer given out.`,
    ]);
  });

  test("threat 14: a plugin that uses its deployment's session: it reads until packaging is over", () => {
    expect(lines("packaging makes")).toEqual(["HOSTILE packaging makes a role: AccessDenied"]);
    expect(lines("deploying makes")).toEqual(["HOSTILE deploying makes a role: done"]);
  });

  test("threat 14: a session taken along by a plugin: named after its deployment, and over after an hour at the most", () => {
    const { deploymentId, number } = deployment;
    const sessions = asked.map((form) => ({
      name: form.get("RoleSessionName"),
      source: form.get("SourceIdentity"),
      isLimited: form.has("Policy"),
      seconds: Number(form.get("DurationSeconds")),
      tags: [1, 2, 3, 4].map((place) => form.get(`Tags.member.${place}.Value`)),
    }));
    const named = {
      name: `branchline-acme-${number}`,
      source: `branchline-${deploymentId}`,
      tags: ["acme", "waiting/hostile", "staging", deploymentId],
    };
    expect(sessions).toEqual([
      { ...named, isLimited: false, seconds: 3_600 },
      { ...named, isLimited: true, seconds: 900 },
    ]);
  });

  test("threat 26: a branch and a commit whose names are programs for a shell: text, and nothing runs", () => {
    expect(deployment.branch).toBe(branch);
    expect(deployment.log).toContain(`(${branch})`);
    expect(deployment.log).not.toContain("pwned-42");
    expect(existsSync(canaryFile)).toBe(false);
  });

  test("threat 46: all that was said to Redis meanwhile: ids, and no secret", () => {
    const said = overheard.said();
    expect(said.includes(deployment.deploymentId)).toBe(true);
    expect(secretsIn(said)).toEqual([]);
    expect(said.match(looksLikeKey)).toBeNull();
  });

  test("threat 46: jobs that somebody else puts into Redis: nothing runs again, and the worker goes on", async () => {
    const { db } = scene.ctx;
    // A report to GitHub may still be written down meanwhile, and is no run.
    const runs = () =>
      db.deployment.findMany({
        orderBy: { number: "asc" },
        select: { number: true, status: true, epoch: true, startedAt: true, finishedAt: true, logLines: true },
      });
    const before = await runs();
    const count = scene.gate.asked.length;
    const forged = [deployment.deploymentId, randomUUID(), "' OR 1=1 --"].map((deploymentId) => ({ deploymentId }));
    await scene.ctx.doorbell.ring(forged.map((payload) => ({ name: "deployment.run", payload })));
    await quietQueue(scene.world.redisUrl, "builds");
    expect(await runs()).toEqual(before);
    expect(scene.gate.asked).toHaveLength(count);
  });

  test("threat 54: variables that would steer our tools, as parameters and in a .env file: none reaches them", () => {
    expect(lines("evil")).toEqual([]);
    expect(lines("packaging plain")).toEqual(["HOSTILE packaging plain kept"]);
    expect(deployment.log).toContain("AWS_STAGING_PROFILE of the service is not used");
  });

  test("threat 37: a stack that tells a parameter's value in its outputs and in why it failed: *** on the page and on GitHub", async () => {
    const { db } = scene.ctx;
    const broken = { "serverless.yml": hostileService("hostile", brokenResource)["serverless.yml"] ?? "" };
    const sha = await clone.push(branch, broken, "Break");
    const [failed] = (await deploymentsOf(scene, sha)).deployments;
    expect(failed, failed?.log).toMatchObject({ status: "failed", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    const why = "Lambda function not found: ***:***";
    expect(failed?.stackEvents.map(({ reason }) => reason)).toContain(why);
    expect(failed?.reasonDetail).toBe(`Resource \`Broken\` failed: ${why}. The stack is UPDATE_ROLLBACK_COMPLETE.`);
    expect(failed?.phases.at(-1)?.note).toContain(why);
    expect(deployment.outputs).toContainEqual({ kind: "output", key: "told", value: "***:***", bytes: null });

    const where = { id: failed?.deploymentId ?? "", reportedStatus: "failed" };
    await until("GitHub is told", stepMs, () => db.deployment.findFirst({ where }));
    const path = `/repos/acme/hostile/commits/${sha}/check-runs`;
    const onGithub = JSON.stringify(await scene.world.github.rest(scene.token, "GET", path));
    expect(onGithub).toContain(why);
    expect(secretsIn(onGithub)).toEqual([]);
  });

  test("shows a parameter of which its owner said that it is no secret", () => {
    expect(lines("install tells")).toEqual([`HOSTILE install tells ${plain.value}`]);
  });

  test("threats 42 and 53: a dump of the database after all that, the worker's disk, and every log of a service: no secret, and no key", async () => {
    expect(lines("install says")).toEqual(["HOSTILE install says ***"]);
    const { databaseUrl, directory, logsDirectory } = scene.world;
    const dump = await dumpOfPostgres(databaseUrl);
    const isIn = (text: string) => dump.includes(text);
    expect(["AGE ENCRYPTED FILE", Buffer.from("HOSTILE install says").toString("hex")].every(isIn)).toBe(true);
    expect(secretsIn(dump)).toEqual([]);
    expect(dump.match(looksLikeKey)).toBeNull();
    expect(await filesWith(join(directory, "worker"), secrets)).toEqual([]);
    // AWS is told what the service deploys, and its log here is no service's of ours.
    const names = (await readdir(logsDirectory)).filter((name) => name !== "aws.log");
    expect(names).toEqual(expect.arrayContaining(["api.log", "worker.log"]));
    for (const name of names) {
      const text = await readFile(join(logsDirectory, name), "utf8");
      expect([name, secretsIn(text), text.match(looksLikeKey)]).toEqual([name, [], null]);
    }
  });
});

/** What a parked deployment waits for comes sooner than in its own time. */
const lookNow = (number: number) =>
  scene.ctx.db.deployment.updateMany({ where: { number }, data: { leaseUntil: new Date() } });

describe("a role and its sessions", () => {
  let clone: Clone;
  let serviceId: string;
  let stack: Stacks;
  const push = (wishes: WaitingService = {}) => clone.push("develop", waitingService("sessions", wishes), "Change");

  beforeAll(async () => {
    await inFolder(waitingService("sessions"), (folder) => enableRepository(scene, "sessions", folder));
    clone = await cloneRepository(scene.world.github, scene.token, "acme/sessions");
    const { id } = await scene.ctx.db.service.findFirstOrThrow({ where: { slug: "sessions" } });
    serviceId = id;
    stack = await stacksOf(scene.world.aws, accounts.staging, "sessions-staging");
  });
  afterAll(() => clone?.remove());

  test("fault 60: parameters that can't be opened stop a deployment before AWS is asked and anything is installed", async () => {
    const stranger = await generateIdentity();
    const sealedValue = await seal(stranger.recipient, "value");
    const parameter = { serviceId, stage: null, name: "TOKEN", sealedValue, inBuildEnvironment: true };
    const { parameterId } = await setParameter(scene.ctx, parameter);
    const before = scene.gate.asked.length;
    const { deployments } = await deploymentsOf(scene, await push());
    expect(deployments[0]).toMatchObject({ status: "failed", reason: "parameters_unreadable", phases: [] });
    expect(deployments[0]?.reasonDetail).toContain("`TOKEN`");
    expect(scene.gate.asked).toHaveLength(before);
    await removeParameter(scene.ctx, { parameterId });
  });

  test("faults 27 and 29: AWS that throttles is waited for without a worker, and a token that ends in mid-fetch is made anew", async () => {
    scene.gate.refuseWith(() => throttling);
    const number = await queuedDeployment(scene, await push());
    expect(await parked(scene, number)).toMatch(/^AWS did not answer as it should: .*Rate exceeded/);
    scene.gate.refuseWith(() => null);
    await scene.world.github.fail({ pathPrefix: "/acme/sessions.git/git-upload-pack", status: 401, count: 2 });
    await lookNow(number);
    const deployment = await endedDeployment(scene, number);
    expect(deployment.status, deployment.log).toBe("succeeded");
    expect(deployment.log.match(/The fetch failed\. It is tried again, with a new token\./g)).toHaveLength(1);
  });

  test("faults 31 and 33: sessions that end are renewed unseen, and a stack whose role is taken away is told of when it is back", async () => {
    scene.gate.endSessionsAfter(6_000);
    const number = await queuedDeployment(scene, await push({ waits: ["Gate"] }));
    const { deploymentId } = await until("CloudFormation waits", stepMs, async () => {
      const found = await getDeployment(scene.ctx, number);
      return found.stackEvents.some(({ logicalId }) => logicalId === "Gate") ? found : null;
    });
    const asked = scene.gate.asked.length;
    await until("it is renewed three times", stepMs, async () => (scene.gate.asked.length >= asked + 3 ? true : null));
    expect(await readLog(scene, deploymentId)).not.toMatch(/expired|denied/i);

    await deleteDeployRole(scene.world.aws, stagingRole);
    expect(await parked(scene, number)).toMatch(/^The stack's state can't be read: AWS/);
    await stack.signal("Gate", "SUCCESS");
    await until("CloudFormation is done", stepMs, async () =>
      (await stack.status()) === "UPDATE_COMPLETE" ? true : null,
    );
    await mendRole(scene);
    await lookNow(number);
    scene.gate.endSessionsAfter(null);
    const deployment = await endedDeployment(scene, number);
    expect(deployment, deployment.log).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  });

  test("fault 30: a role that is refused is asked for once, and what comes after waits until it is proven again", async () => {
    await createDeployRole(scene.world.aws, { ...stagingRole, externalId: "another" });
    const first = await deploymentsOf(scene, await push());
    expect(first.deployments[0]).toMatchObject({ status: "failed", reason: "role_denied", phases: [] });
    const { provenAt, proof } = await testedProfile(scene);
    expect(provenAt).toBeNull();
    const asked = scene.gate.asked.length;
    const number = await queuedDeployment(scene, await push());
    const { deploymentId } = await getDeployment(scene.ctx, number);
    await scene.ctx.doorbell.ring([{ name: "deployment.run", payload: { deploymentId } }]);
    await quietQueue(scene.world.redisUrl, "builds");
    const wait = { kind: "profile", detail: proof[0]?.message };
    expect(await listQueued(scene.ctx)).toMatchObject([{ number, wait }]);
    expect(scene.gate.asked).toHaveLength(asked);
    await mendRole(scene);
    const second = await endedDeployment(scene, number);
    expect(second.status, second.log).toBe("succeeded");
  });

  test("fault 30: what a worker goes on with when its profile is not proven any more fails without asking AWS", async () => {
    scene.gate.refuseWith(() => throttling);
    const number = await queuedDeployment(scene, await push({ waits: ["Later"] }));
    await parked(scene, number);
    await scene.ctx.db.deployProfile.update({ where: { id: scene.profiles.staging }, data: { provenAt: null } });
    scene.gate.refuseWith(() => null);
    const asked = scene.gate.asked.length;
    await lookNow(number);
    expect(await endedDeployment(scene, number)).toMatchObject({ reason: "profile_unproven", phases: [] });
    expect(scene.gate.asked).toHaveLength(asked);
  });
});
