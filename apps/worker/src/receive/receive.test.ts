import { randomUUID } from "node:crypto";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { connectInstallation } from "@branchline/core/installations/connect";
import { recordRepositories } from "@branchline/core/installations/sync";
import { givenIn } from "@branchline/testing/given";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { repositoryLook } from "../jobs/repository.look.ts";
import { dyingBefore, queueing, settling } from "../testing/dying.ts";
import { postWebhook } from "../testing/post-webhook.ts";
import { startPushes } from "../testing/pushes.ts";

const pushes = await startPushes();
const { door, receive, deployed, push, commit } = pushes;
afterAll(() => door.stop());

let branch: string;
beforeEach(() => {
  branch = pushes.takeBranch();
});

const post = (body: string, event?: string) =>
  postWebhook({ apiUrl: door.apiUrl, secret: door.webhookSecret }, body, event);

test("fault 19: one delivery that five workers handle at once deploys once", async () => {
  const sha = await commit(null, "one");
  const id = await push(sha);
  await Promise.all(Array.from({ length: 5 }, () => receive(id)));
  expect(await deployed()).toEqual([sha]);
});

test("fault 56: a delivery whose worker died after it queued and before it said so leads to that one deployment, which runs once", async () => {
  const sha = await commit(null, "relayed");
  const id = await push(sha);
  await dyingBefore(door.db, settling(id), () => expect(receive(id)).rejects.toThrow());
  expect([await deployed(), (await pushes.delivery(id)).settledAt]).toEqual([[sha], null]);
  await Promise.all([receive(id), receive(id)]);
  expect(await deployed()).toEqual([sha]);
  const queued = await door.db.deployment.findFirstOrThrow({ where: { deliveryId: id } });
  expect(await pushes.explanation(id)).toContain(`orders: deployment #${queued.number}`);
  // Each time it was rung for.
  const claims = [1, 2, 3].map(() => claimDeployment(door.db, queued.id, new Date()));
  expect((await Promise.all(claims)).filter((claim) => claim !== null)).toMatchObject([{ epoch: 1 }]);
});

test("fault 56: a delivery whose worker died before it queued leads to a deployment, and to none when its branch was deleted since", async () => {
  const a = await commit(null, "a");
  const ofA = await push(a);
  await dyingBefore(door.db, queueing(ofA), () => expect(receive(ofA)).rejects.toThrow());
  expect(await deployed()).toEqual([]);
  await receive(ofA);
  const ofB = await push(await commit(a, "b"));
  await dyingBefore(door.db, queueing(ofB), () => expect(receive(ofB)).rejects.toThrow());
  await door.clone.remove(branch);
  await receive(await pushes.stored(branch, "0".repeat(40)));
  await receive(ofB);
  expect(await deployed()).toEqual([a]);
  expect(await pushes.explanation(ofB)).toContain(`orders: superseded: \`${branch}\` is no longer on GitHub`);
});

test("threat 2: a captured body under a new delivery id: explained as a copy, and nothing deploys", async () => {
  const sha = await commit(null, "captured");
  const id = await push(sha);
  const body = JSON.stringify((await pushes.delivery(id)).body);
  const first = await post(body);
  const second = await post(body);
  await receive(first);
  await receive(second);
  expect(await pushes.explanation(second)).toBe(`ignored: a copy of delivery ${first}`);
  expect((await pushes.delivery(second)).organizationId).toBe(pushes.organizationId);
  expect(await deployed()).toEqual([sha]);
});

test("a push that was told of twice in other words deploys once, also when both are handled at once", async () => {
  const sha = await commit(null, "twice");
  const id = await push(sha);
  const again = await post(JSON.stringify({ again: true, ...((await pushes.delivery(id)).body as object) }));
  await Promise.all([receive(id), receive(again)]);
  expect(await deployed()).toEqual([sha]);
  const [told] = [await pushes.explanation(id), await pushes.explanation(again)].filter((one) =>
    one?.startsWith("ignored"),
  );
  expect(told).toMatch(/^ignored: delivery [\w-]+ already told that/);
});

test("fault 21: of two pushes that arrive as B and then A, B stays: A is superseded by where the branch is", async () => {
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  const [ofA, ofB] = [await push(a), await push(b)];
  await receive(ofB);
  await receive(ofA);
  expect(await deployed()).toEqual([b]);
  expect(await pushes.explanation(ofA)).toBe(`superseded: \`${branch}\` is at ${b.slice(0, 7)} now`);
});

test("fault 18: pushes that were told of before GitHub said where the branch is, and that it has left, ask GitHub nothing", async () => {
  const commits = [await commit(null, "0")];
  for (const text of ["1", "2", "3", "4"]) commits.push(await commit(commits.at(-1) ?? null, text));
  const [a = "", b = "", c = "", d = "", e = ""] = commits;
  const [ofA, ofB, ofC] = [await push(a), await push(b), await push(c)];
  const asked = async () => (await door.github.requests()).filter(({ path }) => path.includes("/git/ref/")).length;
  const before = await asked();
  const receives = async (id: string) => {
    await receive(id);
    return (await asked()) - before;
  };
  expect(await receives(ofA)).toBe(1);
  expect(await receives(ofB)).toBe(1);
  expect(await pushes.explanation(ofB)).toBe(`superseded: \`${branch}\` is at ${c.slice(0, 7)} now`);
  const ofD = await push(d);
  expect(await receives(ofC)).toBe(2);
  expect(await receives(ofD)).toBe(3);
  expect(await receives(await push(e))).toBe(4);
  expect(await deployed()).toEqual([d, e]);
});

test("a push to the default branch has the repository's services looked for, unless the branch has gone on since", async () => {
  const where = { id: pushes.service.repository.repositoryId };
  await door.db.repository.update({ where, data: { defaultBranch: branch, scannedAt: new Date() } });
  const scannedAt = async () => (await door.db.repository.findUniqueOrThrow({ where })).scannedAt;
  const a = await commit(null, "a");
  const [ofA, ofB] = [await push(a), await push(await commit(a, "b"))];
  await receive(ofA);
  expect(await scannedAt()).not.toBeNull();
  await receive(ofB);
  expect(await scannedAt()).toBeNull();
  await door.db.repository.update({ where, data: { defaultBranch: "main" } });
});

test("a branch that is pushed back to an earlier commit deploys it again", async () => {
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  const ids: string[] = [];
  for (const sha of [a, b, a]) {
    await door.clone.push(sha, branch);
    const id = await pushes.stored(branch, sha, ids);
    ids.push(id);
    await receive(id);
  }
  expect(await deployed()).toEqual([a, b, a]);
});

test("a branch that was deleted and made again deploys again", async () => {
  const a = await commit(null, "a");
  await receive(await push(a));
  await door.clone.remove(branch);
  await receive(await pushes.stored(branch, "0".repeat(40)));
  await receive(await push(a));
  expect(await deployed()).toEqual([a, a]);
});

test("threat 48: the deletion of a branch that deploys: nothing is removed or queued, and the delivery says why", async () => {
  const sha = await commit(null, "to be deleted");
  // The branch that a repository opens with can't be deleted.
  await door.clone.push(sha, "main");
  await receive(await push(sha));
  const before = await door.db.deployment.findMany({ orderBy: { number: "asc" } });
  await door.clone.remove(branch);
  const deletion = await pushes.stored(branch, "0".repeat(40));
  await receive(deletion);
  expect(await pushes.explanation(deletion)).toBe(`ignored: the branch \`${branch}\` was deleted`);
  expect(await door.db.deployment.findMany({ orderBy: { number: "asc" } })).toEqual(before);
  expect((await pushes.delivery(deletion)).settledAt).not.toBeNull();
});

test("fault 21: the last deployment of a branch is its head, in whatever order and however often its pushes are handled", async () => {
  const root = await commit(null, "root");
  const commits = [root, await commit(root, "left"), await commit(root, "right")];
  const history = fc.array(fc.nat(2), { minLength: 2, maxLength: 4 });
  const property = fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async (places, choice) => {
    branch = pushes.takeBranch();
    const pushed = places.filter((place, index) => place !== places[index - 1]).map((place) => commits[place] ?? root);
    const waiting: string[] = [];
    const all: string[] = [];
    const pick = () => waiting.splice(choice.next().value % waiting.length, 1)[0] ?? "";
    for (const sha of pushed) {
      await door.clone.push(sha, branch);
      const id = await pushes.stored(branch, sha, all);
      all.push(id);
      waiting.push(id);
      // Some are handled while later ones are still to come.
      if (choice.next().value % 2 === 0) await receive(pick());
    }
    while (waiting.length > 0) {
      const two = [pick(), waiting.length > 0 ? pick() : ""].filter((id) => id !== "");
      await Promise.all(two.map(receive));
    }
    expect((await deployed()).at(-1)).toBe(pushed.at(-1));
  });
  await fc.assert(property, { numRuns: 12 });
}, 240_000);

test("of pushes that wait, a service that deploys every one gets each in its order, and another one the last", async () => {
  const every = pushes.takeBranch(`every/${randomUUID().slice(0, 8)}`);
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  const c = await commit(b, "c");
  const [ofA, ofB, ofC] = [await push(a), await push(b), await push(c)];
  await receive(ofA);
  await receive(ofB);
  await receive(ofC);
  expect(await deployed(every, "reports")).toEqual([a, b, c]);
  expect(await deployed(every, "orders")).toEqual([c]);
  const statuses = await door.db.deployment.findMany({ where: { branch: every }, select: { status: true } });
  expect(statuses.map((row) => row.status)).toEqual(Array(4).fill("queued"));
  const { targets } = await pushes.delivery(ofA);
  expect(targets).toContainEqual(
    expect.objectContaining({ service: "orders", because: `superseded: \`${every}\` is at ${c.slice(0, 7)} now` }),
  );
});

test("a service that deploys every push gets none after a later one", async () => {
  const every = pushes.takeBranch(`every/${randomUUID().slice(0, 8)}`);
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  const [ofA, ofB] = [await push(a), await push(b)];
  await receive(ofB);
  await receive(ofA);
  expect(await deployed(every, "reports")).toEqual([b]);
  expect(await pushes.explanation(ofA)).toBe(`superseded: \`${every}\` is at ${b.slice(0, 7)} now`);
});

test("fault 24: a repository that was transferred, and that two organizations have since, is that one's whose installation tells", async () => {
  const { repository } = pushes.service;
  const other = await givenIn(door.db).organization();
  const githubId = BigInt(Date.now());
  const account = { githubId: githubId + 1n, login: "beta", type: "Organization" } as const;
  const { installationId } = await connectInstallation(other.ctx, { githubId, account });
  const moved = { githubId: repository.githubId, fullName: "beta/shop", private: true, defaultBranch: "main" };
  await recordRepositories(other.ctx, installationId, [moved]);
  type Told = { repository: object; sender: object };
  const told = (await pushes.delivery(await push(await commit(null, "moved")))).body as Told;
  const place = { ref: "main", repo: { id: Number(repository.githubId), full_name: "beta/shop" } };
  const pull = { action: "opened", number: 7, pull_request: { head: place, base: place }, repository: told.repository };
  const edit = { action: "edited", repository: told.repository, sender: told.sender };
  const tellers = [
    [repository.installationGithubId, pushes.organizationId],
    [githubId, other.organizationId],
  ] as const;
  for (const [teller, organizationId] of tellers) {
    const installation = { id: Number(teller) };
    const ids = [
      await post(JSON.stringify({ ...told, installation })),
      await post(JSON.stringify({ ...pull, installation }), "pull_request"),
      await post(JSON.stringify({ ...edit, installation }), "repository"),
    ];
    for (const id of ids) {
      await receive(id);
      expect((await pushes.delivery(id)).organizationId).toBe(organizationId);
    }
  }
  const theirs = { organizationId: other.organizationId };
  const { id: repositoryId } = await door.db.repository.findFirstOrThrow({ where: theirs });
  // GitHub does not know their installation, and is not asked as another one.
  await repositoryLook(door.parts, { repositoryId });
  expect(await door.db.repository.findFirst({ where: theirs })).toMatchObject({ headsSeenAt: null });
  await recordRepositories(other.ctx, installationId, []);
});

test("fault 24: a repository whose rename nobody told of has the name of its next push", async () => {
  const { repositoryId: id, fullName } = pushes.service.repository;
  await door.db.repository.update({ where: { id }, data: { fullName: "before/shop" } });
  pushes.takeBranch();
  const sha = await commit(null, "renamed");
  await receive(await push(sha));
  expect(await deployed()).toEqual([sha]);
  expect(await door.db.repository.findUnique({ where: { id } })).toMatchObject({ fullName });
});

test("threat 5: pull requests and pushes of a fork, from opening to merging: nothing queued, and each delivery says why", async () => {
  const id = Number(door.clone.repositoryGithubId);
  const ours = { id, full_name: "acme/shop", private: true };
  const before = await door.db.deployment.count();
  for (const action of ["opened", "synchronize", "reopened", "closed"]) {
    for (const repo of [{ id: 99, full_name: "eve/shop" }, { id: 99, full_name: "acme/shop" }, null]) {
      const pull = { merged: action === "closed", head: { ref: "main", repo }, base: { ref: "main", repo: ours } };
      const body = { action, number: 7, pull_request: pull, repository: ours, unique: randomUUID() };
      const delivery = await post(JSON.stringify(body), "pull_request");
      await receive(delivery);
      expect(await pushes.explanation(delivery)).toMatch(/^ignored: pull request #7 comes from .*a fork never gets/);
      expect((await pushes.delivery(delivery)).organizationId).toBe(pushes.organizationId);
    }
  }
  const told = (await pushes.delivery(await push(await commit(null, "forked")))).body as { repository: object };
  const forked = { ...told, repository: { ...told.repository, id: 99, full_name: "acme/shop", fork: true } };
  const delivery = await post(JSON.stringify(forked));
  await receive(delivery);
  expect(await pushes.explanation(delivery)).toBe("ignored: acme/shop is not connected to an organization");
  expect(await door.db.deployment.count()).toBe(before);
});
