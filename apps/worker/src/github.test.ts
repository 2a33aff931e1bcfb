import { join } from "node:path";
import { deployNow } from "@branchline/core/deployments/deploy-now";
import { git } from "@branchline/testing/scene/git";
import { people } from "@branchline/testing/scene/people";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EndedDeployment, endedDeployment, queuedDeployment } from "./testing/deployments.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { storm } from "./testing/storm.ts";
import { parked, stepMs, type Waiting, waitingRepository } from "./testing/waiting.ts";
import { inFolder, waitingService } from "./testing/waiting-service.ts";

let gate: SceneWithGate["gate"];
let scene: SceneWithGate;
beforeAll(async () => {
  scene = await startSceneWithGate();
  gate = scene.gate;
});
afterAll(() => scene?.stop());

type Held = Waiting & { name: string; running: number };

/** A service whose first deployment runs its tests until the gate opens. */
async function held(name: string): Promise<Held> {
  const waiting = await waitingRepository(scene, name);
  const running = await waiting.deploy({ test: gate.ask(name) });
  await gate.arrived(name);
  return { ...waiting, name, running };
}

async function succeeds(number: number): Promise<string> {
  const { status, log } = await endedDeployment(scene, number);
  expect(status, log).toBe("succeeded");
  return log;
}

/** What GitHub was asked about the checks of a repository. */
async function checkRequests(name: string) {
  const requests = await scene.world.github.requests();
  return requests.filter(({ path }) => path.startsWith(checksOf(name)));
}

const checksOf = (name: string) => `/api/v3/repos/acme/${name}/check-runs`;

/** Settles when where a deployment stands was told to GitHub, or can't be. */
const told = (number: number) =>
  until(`the state of #${number} is told`, stepMs, async () => {
    const row = await scene.ctx.db.deployment.findFirstOrThrow({ where: { number } });
    return row.reportedStatus === row.status ? row : null;
  });

/** Settles when GitHub told that the branch of a repository is gone, and all that follows from that is done. */
async function deletionHandled(name: string): Promise<void> {
  const ofRepository = { body: { path: ["repository", "full_name"], equals: `acme/${name}` } };
  const where = { AND: [ofRepository, { body: { path: ["deleted"], equals: true } }], settledAt: { not: null } };
  const { explanation } = await until("the deletion is handled", stepMs, () =>
    scene.ctx.db.webhookDelivery.findFirst({ where }),
  );
  expect(explanation).toBe("ignored: the branch `develop` was deleted");
}

test("fault 22: a queued commit that was pushed over and is gone is superseded by where the branch is", async () => {
  const { running, name, clone, push } = await held("pushed-over");
  const lost = await push({});
  const number = await queuedDeployment(scene, lost);
  await clone.run("reset", "--quiet", "--hard", "HEAD~1");
  // A look at the branches finds it sooner or later, so it must ask no gate: that is nobody's to open then.
  const head = await clone.push("side", waitingService(name), "Instead");
  const { githubId } = await scene.ctx.db.repository.findFirstOrThrow({ where: { fullName: `acme/${name}` } });
  const bare = (...args: string[]) =>
    git(join(scene.world.directory, "github/git", `${githubId}.git`), people.ada, args);
  await bare("update-ref", "refs/heads/develop", head);
  await bare("reflog", "expire", "--expire=now", "--all");
  await bare("gc", "--prune=now", "--quiet");
  gate.open(name);
  await succeeds(running);
  expect(await endedDeployment(scene, number)).toMatchObject({
    status: "cancelled",
    reason: "superseded",
    reasonDetail: `Commit ${lost.slice(0, 7)} is no longer in the repository: \`develop\` is at ${head.slice(0, 7)} now.`,
  });
});

/** Asks for a commit of develop by its SHA. @returns what came of it */
async function deployedByHand({ deploymentId }: { deploymentId: string }, commit: string): Promise<EndedDeployment> {
  const { serviceId } = await scene.ctx.db.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  const { number } = await deployNow(scene.ctx, { serviceId, branch: "develop", commit });
  return endedDeployment(scene, number);
}

test("threats 5 and 52: a commit that somebody names: deployed when the branch holds it; of another branch, of a fork or of nobody: refused before it is fetched", async () => {
  const { clone, push, deploy } = await waitingRepository(scene, "named");
  const first = await endedDeployment(scene, await deploy({}));
  const between = await clone.push("side", waitingService("named", { displayName: "between" }), "Between");
  const held = await push({ displayName: "third" });
  await endedDeployment(scene, await queuedDeployment(scene, held));
  const earlier = await deployedByHand(first, between.slice(0, 7).toUpperCase());
  expect(earlier, earlier.log).toMatchObject({ status: "succeeded", commitSha: between, subject: "Between" });
  expect(earlier.resourceChanges.map(({ logicalId }) => logicalId)).toContain("Topic");

  const beside = await clone.push("other", { "handler.js": "throw 1;" }, "Beside");
  const refused = { status: "failed", reason: "commit_not_on_branch", commitSha: null };
  const ofBranch = await deployedByHand(first, beside);
  expect(ofBranch, ofBranch.log).toMatchObject(refused);
  expect(ofBranch.reasonDetail).toBe(`Commit ${beside.slice(0, 7)} is not on the branch develop.`);
  expect(ofBranch.log).not.toContain("Check out");
  // A fork's commit is known by its SHA and on no branch, as one whose branch is gone.
  await clone.run("push", "--quiet", "origin", ":refs/heads/other");
  expect(await deployedByHand(first, beside)).toMatchObject(refused);
  const unknown = { status: "failed", reason: "commit_gone", reasonDetail: expect.stringContaining("0123456") };
  expect(await deployedByHand(first, "0123456789")).toMatchObject(unknown);
});

test("fault 23: a deployment whose branch is deleted meanwhile comes to its end, and nothing is removed", async () => {
  const { running, name, clone, stack } = await held("branchless");
  await clone.run("push", "--quiet", "origin", ":refs/heads/develop");
  await deletionHandled(name);
  gate.open(name);
  await succeeds(running);
  expect(await stack.status()).toBe("UPDATE_COMPLETE");
});

test("fault 24: a repository that is renamed is deployed under its new name", async () => {
  const { running, name, push } = await held("before");
  const number = await queuedDeployment(scene, await push({}));
  await scene.world.github.rest(scene.token, "PATCH", `/repos/acme/${name}`, { name: "after" });
  gate.open(name);
  await succeeds(running);
  expect(await succeeds(number)).toContain("Check out acme/after at");
});

test("fault 24: a repository whose name is another's by now, of which nobody told, is still the one that is deployed", async () => {
  const { clone, deploy } = await waitingRepository(scene, "name-taken");
  const { deploymentId } = await endedDeployment(scene, await deploy({}));
  const head = await clone.run("rev-parse", "HEAD");
  const { db } = scene.ctx;
  // As after an account was renamed and somebody else took its name.
  await scene.world.github.put("/users/mallory", { name: "Mallory", email: "mallory@example.com" });
  await inFolder(waitingService("name-taken", { displayName: "of Mallory" }), (from) =>
    scene.world.github.put("/repositories/mallory/name-taken", { private: false, defaultBranch: "develop", from }),
  );
  await db.repository.updateMany({ where: { fullName: "acme/name-taken" }, data: { fullName: "mallory/name-taken" } });
  const { serviceId } = await db.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  const { number } = await deployNow(scene.ctx, { serviceId, branch: "develop" });
  const deployed = await endedDeployment(scene, number);
  expect(deployed, deployed.log).toMatchObject({ status: "succeeded", commitSha: head });
});

/** Lets the App have some repositories of acme, or all. */
const grant = (repositories: "all" | string[]) => scene.world.github.put("/installations/acme", { repositories });

test.each([
  {
    what: "the App is suspended",
    name: "suspended",
    answer: '403, "This installation has been suspended"',
    refuse: () => scene.world.github.put("/installations/acme", { repositories: "all", suspended: true }),
    allow: () => grant("all"),
  },
  {
    what: "the law forbids a repository",
    name: "forbidden",
    answer: "451, ",
    refuse: () => {
      const tokens = { pathPrefix: "/api/v3/app/installations", method: "POST" };
      return scene.world.github.fail({ ...tokens, status: 451, count: 1_000 });
    },
    allow: () => scene.world.github.heal(),
  },
])(
  "fault 24: when $what, what is queued fails with GitHub's words, what runs is not disturbed, and nothing is asked again",
  async ({ name, answer, refuse, allow }) => {
    const { running, push } = await held(name);
    const number = await queuedDeployment(scene, await push({}));
    await refuse();
    gate.open(name);
    await succeeds(running);
    expect(await endedDeployment(scene, number)).toMatchObject({
      status: "failed",
      reason: "repository_removed",
      reasonDetail: expect.stringContaining(`GitHub answered ${answer}`),
    });
    for (const one of [running, number]) await told(one);
    await allow();
  },
);

test("fault 24: of a repository that the App may no longer see, what is queued fails without GitHub being asked, and what runs is not disturbed", async () => {
  const { running, name, push } = await held("taken");
  const number = await queuedDeployment(scene, await push({}));
  await grant(["shop"]);
  const where = { fullName: `acme/${name}`, removedAt: { not: null } };
  await until("the access is known to be gone", stepMs, () => scene.ctx.db.repository.findFirst({ where }));
  gate.open(name);
  await succeeds(running);
  expect(await endedDeployment(scene, number)).toMatchObject({
    status: "failed",
    reason: "repository_removed",
    reasonDetail: null,
  });
  for (const one of [running, number]) await told(one);
  await grant("all");
});

test("GitHub is told of a deployment of a branch's head while it runs, however late its commit was known", async () => {
  const { running, name } = await held("headless");
  gate.open(name);
  await succeeds(running);
  const { serviceId } = await scene.ctx.db.deployment.findFirstOrThrow({ where: { number: running } });
  // The second try is answered, when the deployment has long been told of as one that runs.
  const pathPrefix = `/api/v3/repos/acme/${name}/branches/`;
  await scene.world.github.fail({ pathPrefix, status: 502, delayMs: 2_000 });
  const { number } = await deployNow(scene.ctx, { serviceId, branch: "develop" });
  await gate.arrived(name);
  expect(await told(number)).toMatchObject({ status: "running", checkRunId: expect.any(BigInt) });
  gate.open(name);
  await succeeds(number);
});

test("fault 25: a GitHub that fails delays what needs it, and its deaf ear for reports fails no deployment", async () => {
  const { github } = scene.world;
  const { deploy } = await waitingRepository(scene, "failing");
  await github.fail({ pathPrefix: checksOf("failing"), status: 502, count: 3 });
  await github.fail({ pathPrefix: "/acme/failing.git/git-upload-pack", status: 503 });
  await github.fail({ pathPrefix: "/api/v3/app/installations", method: "POST", status: 500 });
  const number = await deploy({});
  expect(await parked(scene, number)).toMatch(/^GitHub answered 500, .*: make a checkout token\.$/);
  const log = await succeeds(number);
  expect(log).toContain("The fetch failed. It is tried again, with a new token.");
  expect((await told(number)).checkRunId).not.toBeNull();
  expect((await checkRequests("failing")).length).toBeGreaterThan(3);
});

test("fault 59: a GitHub that takes reports and never answers holds up no deployment, and hears how it ended when it answers again", async () => {
  const { github } = scene.world;
  const { deploy } = await waitingRepository(scene, "unanswered");
  await github.fail({ pathPrefix: checksOf("unanswered"), status: 502, delayMs: 3_600_000, count: 1_000 });
  const number = await deploy({});
  await succeeds(number);
  expect(await scene.ctx.db.deployment.findFirst({ where: { number } })).toMatchObject({ reportedStatus: null });
  expect((await checkRequests("unanswered")).length).toBeGreaterThan(0);
  await github.heal();
  expect((await told(number)).checkRunId).not.toBeNull();
});

test("fault 26: GitHub is told nothing more of a deployment before the time that it named, and then once, how it ended", async () => {
  const { deploy } = await waitingRepository(scene, "limited");
  const quietMs = 12_000;
  const headers = { "retry-after": String(quietMs / 1_000) };
  await scene.world.github.fail({ pathPrefix: checksOf("limited"), status: 403, headers });
  const number = await deploy({ test: "false" });
  expect(await endedDeployment(scene, number)).toMatchObject({ reason: "tests_failed" });
  await told(number);
  const [refused, heard, ...others] = await checkRequests("limited");
  expect((heard?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(quietMs - 500);
  expect([refused?.method, heard?.method, others]).toEqual(["POST", "POST", []]);
});

test("fault 18: a storm of pushes to a branch runs twice at the most, ends at its head, and holds up no other repository", async () => {
  const { running, name, clone, stack } = await held("stormy");
  const calm = await waitingRepository(scene, "calm");
  const raging = storm(scene, { clone, repository: `acme/${name}`, rounds: 6, pushesPerRound: 50 });
  const other = await calm.deploy({ test: gate.ask("calm") });
  await gate.arrived("calm");
  gate.open("calm");
  const { head, handled } = await raging;
  await handled();
  const { db, organizationId } = scene.ctx;
  const where = { organizationId, service: { slug: name } };
  const last = await db.deployment.findFirstOrThrow({ where: { ...where, status: "queued" } });
  expect(last.commitSha).toBe(head);

  gate.open(name);
  await succeeds(running);
  await gate.arrived(name);
  gate.open(name);
  for (const number of [last.number, other]) await succeeds(number);
  const all = await db.deployment.findMany({ where, orderBy: { number: "asc" } });
  const passed = all.filter(({ number }) => number !== running && number !== last.number);
  for (const deployment of passed) expect(deployment).toMatchObject({ reason: "superseded", startedAt: null });
  // All commits have the same files, so the second found nothing to change.
  expect(await stack.updates()).toBe(1);
});
