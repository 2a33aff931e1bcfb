import { setTimeout as pause } from "node:timers/promises";
import { GithubUnavailable } from "@branchline/github";
import { until } from "@branchline/testing/until";
import { afterAll, beforeEach, expect, test } from "vitest";
import { githubRedeliver } from "../jobs/github.redeliver.ts";
import { repositoryLook } from "../jobs/repository.look.ts";
import { newBranch, startPushes } from "../testing/pushes.ts";

const pushes = await startPushes();
const { door, receive, deployed, push, commit } = pushes;
afterAll(() => door.stop());

let branch: string;
beforeEach(() => {
  branch = pushes.takeBranch();
});

const short = (sha: string) => sha.slice(0, 7);

/** Moves a branch so that GitHub tells nobody: the commit is there already, on a branch that nothing is deployed from. */
async function move(to: string, sha: string, branchOf = branch): Promise<void> {
  await door.clone.push(sha, `side/${to}`);
  await door.moveSilently(door.clone.repositoryGithubId, branchOf, sha);
}

const failedAttempts = async () =>
  (await door.parts.github.listFailedAttempts({ since: new Date(0), from: null })).attempts;

/** Pushes while nobody answers GitHub. @returns the delivery that is lost */
async function pushInVain(sha: string): Promise<string> {
  const before = (await failedAttempts()).length;
  await door.stopApi();
  await door.clone.push(sha, branch);
  const lost = await until("the delivery fails", 30_000, async () => {
    const attempts = await failedAttempts();
    return attempts.length > before && attempts.every(({ status }) => status !== 0) ? (attempts[0] ?? null) : null;
  });
  await door.startApi();
  return lost.deliveryId;
}

/** Both of two workers are rung for. */
async function redeliver(): Promise<void> {
  await door.db.chore.updateMany({ data: { dueAt: new Date(0) } });
  await Promise.all([githubRedeliver(door.parts), githubRedeliver(door.parts)]);
}

/** A branch that GitHub has told of to the end: its first push tells of its creation as well. */
async function startBranch(sha: string): Promise<void> {
  await receive(await push(sha));
  await until("the creation is told", 30_000, async () => {
    const where = { event: "create", body: { path: ["ref"], equals: branch } };
    return (await door.db.webhookDelivery.count({ where })) === 1 ? true : null;
  });
}

test("what GitHub could not deliver is asked for once a turn, by one of two workers, until it is stored, and deployed", async () => {
  const first = await commit(null, "first");
  const sha = await commit(first, "lost");
  await startBranch(first);
  const lost = await pushInVain(sha);
  const count = async () => (await failedAttempts()).length;
  const before = await count();
  await door.stopApi();
  await redeliver();
  expect(await count()).toBe(before + 1);
  await door.startApi();
  await until("the second attempt fails", 30_000, async () => {
    return (await failedAttempts()).every(({ status }) => status !== 0) ? true : null;
  });
  await redeliver();
  expect(await pushes.stored(branch, sha)).toBe(lost);
  await receive(lost);
  expect(await deployed()).toEqual([first, sha]);
  // Any other attempt would fail now.
  await door.stopApi();
  await redeliver();
  expect(await count()).toBe(before + 1);
  await door.startApi();
});

test("fault 14: more that failed than is listed at once is asked for part by part, the oldest first, until nothing is left", async () => {
  const first = await commit(null, "first");
  await startBranch(first);
  await door.stopApi();
  const before = (await failedAttempts()).length;
  for (const branchOf of Array.from({ length: 4 }, newBranch)) await door.clone.push(first, branchOf);
  const settled = (count: number) =>
    until("every attempt is answered", 15_000, async () => {
      const attempts = await failedAttempts();
      return attempts.length >= count && attempts.every(({ status }) => status !== 0) ? attempts : null;
    });
  const failed = (await settled(before + 8)).slice(0, 8);
  await door.startApi();
  const asked = async () =>
    (await door.github.requests()).flatMap(({ path }) => /hook\/deliveries\/(\d+)\/attempts/.exec(path)?.[1] ?? []);
  const askedBefore = (await asked()).length;
  await until("the list is done", 60_000, async () => {
    await door.db.chore.updateMany({ data: { dueAt: new Date(0) } });
    await githubRedeliver(door.parts, { perPage: 2, pagesMax: 1 });
    await settled(0);
    const [chore] = await door.db.chore.findMany();
    const ids = failed.map(({ deliveryId }) => deliveryId);
    const stored = await door.db.webhookDelivery.count({ where: { id: { in: ids } } });
    return stored === ids.length && chore?.cursors.length === 0 && Number(chore.dueAt) > Date.now() + 60_000
      ? true
      : null;
  });
  const again = (await asked()).slice(askedBefore);
  expect(again).toEqual(failed.map(({ attemptId }) => attemptId).reverse());
}, 90_000);

test("fault 20: a redelivery that comes when the branch has moved on is superseded, however late", async () => {
  const first = await commit(null, "first");
  const old = await commit(first, "old");
  const head = await commit(old, "head");
  await startBranch(first);
  const lost = await pushInVain(old);
  await receive(await push(head));
  await redeliver();
  expect(await pushes.stored(branch, old)).toBe(lost);
  await receive(lost);
  expect(await pushes.explanation(lost)).toBe(`superseded: \`${branch}\` is at ${short(head)} now`);
  expect(await deployed()).toEqual([first, head]);
});

async function look(): Promise<string[]> {
  const { repositoryId } = pushes.service.repository;
  await door.db.repository.update({ where: { id: repositoryId }, data: { headsDueAt: new Date(0) } });
  await Promise.all([repositoryLook(door.parts, { repositoryId }), repositoryLook(door.parts, { repositoryId })]);
  const rows = await door.db.webhookDelivery.findMany({ where: { source: "poll", settledAt: null } });
  return rows.map((row) => row.id);
}

test("fault 28: a head that no webhook told of is found and deployed once, also on a new branch that a glob matches", async () => {
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  await receive(await push(a));
  const made = newBranch();
  // The first look is the first that knows which branches are old.
  for (const id of await look()) await receive(id);
  await move("b", b);
  await move("a", a, made);
  const found = await look();
  expect(found).toHaveLength(2);
  await door.clone.push(b, "side/news");
  expect(await look()).toEqual(found);
  const headQuestions = async () => {
    const paths = (await door.github.requests()).map(({ path }) => path);
    return paths.filter((path) => path.includes("/branches/") || path.includes("/git/ref/")).length;
  };
  const before = await headQuestions();
  await Promise.all(found.map(receive));
  expect(await headQuestions()).toBe(before + found.length);
  expect(await deployed()).toEqual([a, b]);
  expect(await pushes.deployed(made)).toEqual([a]);
  const told = await Promise.all(found.map((id) => pushes.explanation(id)));
  expect(told.every((one) => one?.startsWith("found without a webhook: orders: deployment #"))).toBe(true);
  expect(await look()).toEqual([]);
  const { repositoryId, installationGithubId, githubId, fullName } = pushes.service.repository;
  const { headsEtag, headsDueAt } = await door.db.repository.findUniqueOrThrow({ where: { id: repositoryId } });
  const asked = { installationGithubId, githubId, fullName, etag: headsEtag };
  expect(await door.parts.github.listHeads(asked)).toEqual({ kind: "unchanged" });
  // Of the five minutes, what is left is for the sweep, the look and the delivery.
  const nextInMs = Number(headsDueAt) - Date.now();
  expect(nextInMs).toBeGreaterThan(0);
  expect(nextInMs).toBeLessThan(4.5 * 60_000);
});

test("a webhook that arrives before its found head is handled deploys, and the found head says so", async () => {
  const a = await commit(null, "a");
  const b = await commit(a, "b");
  await receive(await push(a));
  for (const id of await look()) await receive(id);
  const id = await push(b);
  const [found = ""] = await look();
  await receive(id);
  await receive(found);
  expect(await deployed()).toEqual([a, b]);
  expect(await pushes.explanation(found)).toBe(
    `found without a webhook: ignored: delivery ${id} already told that \`${branch}\` is at ${short(b)}`,
  );
});

test("branches that were there before CI/CD was enabled do not deploy when a look finds them", async () => {
  const a = await commit(null, "a");
  const at = new Date(Date.now() + 60_000);
  await door.db.service.updateMany({ where: { id: pushes.service.serviceId }, data: { cicdEnabledAt: at } });
  await move("old", a);
  expect(await look()).toEqual([]);
  await door.db.service.updateMany({ where: { id: pushes.service.serviceId }, data: { cicdEnabledAt: new Date(0) } });
  expect(await look()).toEqual([]);
});

test.each([
  ["a secondary limit", 403, { "retry-after": "2" }],
  ["too many requests", 429, { "retry-after": "2" }],
  ["a primary limit", 403, () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(inSeconds(3)) })],
])("fault 26: after %s nothing is asked before its time, and the push is deployed then", async (_, status, said) => {
  const sha = await commit(null, "limited");
  const id = await push(sha);
  const headers = typeof said === "function" ? said() : said;
  await door.github.fail({ pathPrefix: "/api/v3/repos/acme/shop/git/ref", status, headers });
  const failure = () =>
    receive(id).then(
      () => null,
      (error: unknown) => error as GithubUnavailable,
    );
  expect((await failure())?.status).toBe(status);
  // The fault is used up: whoever asked now would be answered.
  const quiet = await failure();
  expect(quiet).toBeInstanceOf(GithubUnavailable);
  expect(quiet?.status).toBeNull();
  expect(await deployed()).toEqual([]);
  await pause(quiet?.retryAfterMs ?? 0);
  await receive(id);
  expect(await deployed()).toEqual([sha]);
});

const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1_000) + seconds;
