import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { listServices } from "../services/queries.ts";
import { findRepository, listDueScans, listRepositories } from "./queries.ts";
import { recordRepositoryEvent } from "./record-event.ts";
import { type FoundService, recordScan } from "./record-scan.ts";
import { claimScan, requestScan, rescanAfterPush } from "./scan.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

const sha = "a".repeat(40);

function found(baseDirectory: string, facts: Partial<FoundService> = {}): FoundService {
  return {
    baseDirectory,
    configFile: "serverless.yml",
    org: null,
    app: null,
    service: null,
    unreadBecause: null,
    ...facts,
  };
}

const placesOf = async (ctx: Parameters<typeof listServices>[0]) =>
  (await listServices(ctx)).map((row) => [row.app, row.service, row.baseDirectory]);

describe("a scan", () => {
  it("finds services, by the file's names or else the repository's and the directory's", async () => {
    const one = await given.organization();
    const { repositoryId, fullName } = await given.repository(one, { name: "mono" });
    const services = [
      found("services/orders", { app: "shop", service: "orders-api" }),
      found("services/billing", { unreadBecause: "`service` holds a variable." }),
      found(""),
    ];
    await claimScan(db, repositoryId);
    expect(await recordScan(one.ctx, { repositoryId, sha, found: services, problem: null })).toEqual({
      added: 3,
      gone: 0,
    });
    expect(await placesOf(one.ctx)).toEqual([
      ["mono", "billing", "services/billing"],
      ["mono", "mono", ""],
      ["shop", "orders-api", "services/orders"],
    ]);
    const [repository] = await listRepositories(one.ctx);
    expect(repository).toMatchObject({ fullName, scanProblem: null, scannedAt: expect.any(Date) });
    expect(repository?.directories.map((row) => [row.baseDirectory, row.unreadBecause])).toEqual([
      ["", null],
      ["services/billing", "`service` holds a variable."],
      ["services/orders", null],
    ]);
    expect(await findRepository(db, repositoryId)).toMatchObject({ scannedSha: sha });
  });

  it("changes nothing when it is recorded again", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const scan = { repositoryId, sha, found: [found("a"), found("b")], problem: null };
    await recordScan(one.ctx, scan);
    const before = await listServices(one.ctx);
    expect(await recordScan(one.ctx, scan)).toEqual({ added: 0, gone: 0 });
    expect(await listServices(one.ctx)).toEqual(before);
  });

  it("marks what is gone, brings back what returns, and marks nothing when it is incomplete", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const scan = (services: FoundService[], problem: string | null = null) =>
      recordScan(one.ctx, { repositoryId, sha, found: services, problem });
    await scan([found("a"), found("b")]);
    expect(await scan([found("a")], "GitHub lists only a part.")).toEqual({ added: 0, gone: 0 });
    expect(await scan([found("a")])).toEqual({ added: 0, gone: 1 });
    expect((await listServices(one.ctx)).map((row) => [row.service, row.goneAt !== null])).toEqual([
      ["a", false],
      ["b", true],
    ]);
    await scan([found("a"), found("b")]);
    expect((await listServices(one.ctx)).every((row) => row.goneAt === null)).toBe(true);
  });

  it("gives two services of one name each a name of their own", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one, { name: "mono" });
    const services = ["eu/api", "us/api", "eu-api"].map((directory) => found(directory, { service: "api" }));
    await recordScan(one.ctx, { repositoryId, sha, found: services, problem: null });
    expect(await placesOf(one.ctx)).toEqual([
      ["mono", "api", "eu/api"],
      ["mono", "eu-api", "eu-api"],
      ["mono", "us-api", "us/api"],
    ]);
  });

  it("takes the file that the CLI takes, when a directory holds two", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const services = [found("a", { configFile: "serverless.ts", service: "two" }), found("a", { service: "one" })];
    await recordScan(one.ctx, { repositoryId, sha, found: services, problem: null });
    expect(await listServices(one.ctx)).toMatchObject([{ service: "one", configFile: "serverless.yml" }]);
  });

  it("renames a service with its file until CI/CD is enabled, and never after", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const named = (service: string) =>
      recordScan(one.ctx, { repositoryId, sha, found: [found("a", { service })], problem: null });
    await named("before");
    await named("after");
    expect((await listServices(one.ctx)).map((row) => row.service)).toEqual(["after"]);
    const other = await given.organization();
    const enabled = await given.service(other, { name: "orders" });
    const { repositoryId: home } = enabled.repository;
    const renamed = [found("orders", { app: "other", service: "renamed" })];
    await recordScan(other.ctx, { repositoryId: home, sha, found: renamed, problem: null });
    expect(await placesOf(other.ctx)).toEqual([[enabled.app, "orders", "orders"]]);
  });

  it("is asked for by a developer, and is due until it is recorded", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const scan = { repositoryId, sha: null, found: [], problem: "The branch main has no files yet." };
    await claimScan(db, repositoryId);
    await recordScan(one.ctx, scan);
    expect(await listDueScans(db, 1_000)).not.toContain(repositoryId);
    const { ctx } = await given.member(one, "developer");
    await requestScan(ctx, { repositoryId });
    expect(one.bells.at(-1)).toEqual({ name: "repository.scan", payload: { repositoryId } });
    expect(await listDueScans(db, 1_000)).toContain(repositoryId);
    await claimScan(db, repositoryId);
    await recordScan(one.ctx, scan);
    await rescanAfterPush(one.ctx, repositoryId);
    expect(await listDueScans(db, 1_000)).toContain(repositoryId);
    const viewer = await given.member(one, "viewer");
    await expect(requestScan(viewer.ctx, { repositoryId })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("says that it failed from its second try until it succeeds", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const isRetried = async () => (await listRepositories(one.ctx)).map((row) => row.scanIsRetried);
    await claimScan(db, repositoryId);
    expect(await isRetried()).toEqual([false]);
    await db.repository.update({ where: { id: repositoryId }, data: { scanDueAt: new Date(0) } });
    await claimScan(db, repositoryId);
    expect(await isRetried()).toEqual([true]);
    await recordScan(one.ctx, { repositoryId, sha, found: [], problem: null });
    expect(await isRetried()).toEqual([false]);
  });

  it("of another organization's repository is not there", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(await given.organization());
    const missing = { code: "not_found" };
    await expect(requestScan(one.ctx, { repositoryId })).rejects.toMatchObject(missing);
    const scan = { repositoryId, sha, found: [found("a")], problem: null };
    await expect(recordScan(one.ctx, scan)).rejects.toMatchObject(missing);
    const rung = one.bells.length;
    await rescanAfterPush(one.ctx, repositoryId);
    expect(one.bells).toHaveLength(rung);
    expect(await listRepositories(one.ctx)).toEqual([]);
    expect(await listServices(one.ctx)).toEqual([]);
  });
});

describe("what GitHub tells about a repository", () => {
  it("is followed by its number", async () => {
    const one = await given.organization();
    const { githubId, fullName } = await given.repository(one);
    const event = { githubId, fullName: "acme/new", defaultBranch: "trunk", private: false } as const;
    const renamed = await recordRepositoryEvent(db, new Date(), { ...event, kind: "renamed" });
    expect(renamed).toBe(`${fullName} is acme/new now`);
    expect(await listRepositories(one.ctx)).toMatchObject([
      { fullName: "acme/new", defaultBranch: "trunk", private: false },
    ]);
    await recordRepositoryEvent(db, new Date(), { ...event, kind: "deleted" });
    expect((await listRepositories(one.ctx))[0]?.removedAt).not.toBeNull();
  });

  it("is explained for one that nobody has connected", async () => {
    const event = { githubId: 1n, fullName: "x/y", defaultBranch: "main", private: false, kind: "renamed" } as const;
    expect(await recordRepositoryEvent(db, new Date(), event)).toBe("ignored: no organization has connected x/y");
  });
});
