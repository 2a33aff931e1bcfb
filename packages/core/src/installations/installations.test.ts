import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { findRepository, listDueScans, listRepositories } from "../repositories/queries.ts";
import { connectInstallation } from "./connect.ts";
import { findInstallation, listDueSyncs, listInstallations } from "./queries.ts";
import { type InstallationEvent, recordInstallationEvent } from "./record-event.ts";
import { claimSync, recordRepositories } from "./sync.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

const account = { githubId: 7n, login: "acme", type: "Organization" } as const;
const randomId = () => BigInt(Math.floor(Math.random() * 2 ** 48));
const granted = (name: string, githubId = randomId()) => ({
  githubId,
  fullName: `acme/${name}`,
  private: true,
  defaultBranch: "main",
});

describe("an installation", () => {
  it("is connected, rung for, and due until its repositories are read", async () => {
    const one = await given.organization();
    const githubId = randomId();
    const { installationId } = await connectInstallation(one.ctx, { githubId, account });
    expect(one.bells).toContainEqual({ name: "installation.sync", payload: { installationId } });
    expect(await listDueSyncs(db, 1_000)).toContain(installationId);
    const [orders, billing] = [granted("orders"), granted("billing")];
    await claimSync(db, installationId);
    const synced = await recordRepositories(one.ctx, installationId, [orders, billing]);
    expect(synced).toEqual({ added: ["acme/orders", "acme/billing"], removed: [], returned: [] });
    expect(await listDueSyncs(db, 1_000)).not.toContain(installationId);
    const [row] = await listInstallations(one.ctx);
    expect(row).toMatchObject({ githubId: String(githubId), accountLogin: "acme", suspendedAt: null, deletedAt: null });
    expect(row?.repositories.map((repository) => repository.fullName)).toEqual(["acme/billing", "acme/orders"]);
    const scans = one.bells.filter((bell) => bell.name === "repository.scan");
    expect(scans.map((bell) => bell.payload)).toEqual(
      expect.arrayContaining((row?.repositories ?? []).map(({ repositoryId }) => ({ repositoryId }))),
    );
  });

  it("is connected again without a second row", async () => {
    const one = await given.organization();
    const githubId = randomId();
    const first = await connectInstallation(one.ctx, { githubId, account });
    const renamed = { githubId, account: { ...account, login: "acme-2" } };
    expect(await connectInstallation(one.ctx, renamed)).toEqual(first);
    expect(await listInstallations(one.ctx)).toMatchObject([{ accountLogin: "acme-2" }]);
  });

  it("stays with the organization that has it", async () => {
    const one = await given.organization();
    const other = await given.organization();
    const githubId = randomId();
    const { installationId } = await connectInstallation(one.ctx, { githubId, account });
    await expect(connectInstallation(other.ctx, { githubId, account })).rejects.toMatchObject({ code: "conflict" });
    await expect(recordRepositories(other.ctx, installationId, [])).rejects.toMatchObject({ code: "not_found" });
    expect(await listInstallations(other.ctx)).toEqual([]);
    expect(await findInstallation(db, installationId)).toMatchObject({ organizationId: one.organizationId });
  });

  it("goes to one of two organizations that connect it at once", async () => {
    const both = await Promise.all([given.organization(), given.organization()]);
    const githubId = randomId();
    const settled = await Promise.allSettled(both.map(({ ctx }) => connectInstallation(ctx, { githubId, account })));
    expect(settled.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(settled.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
  });

  it("is connected by an admin alone", async () => {
    const one = await given.organization();
    const { ctx } = await given.member(one, "developer");
    await expect(connectInstallation(ctx, { githubId: randomId(), account })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("the repositories of an installation", () => {
  it("are those that GitHub lists: gone ones are marked, returned ones are back, renamed ones follow", async () => {
    const one = await given.organization();
    const { installationId } = await connectInstallation(one.ctx, { githubId: randomId(), account });
    const [orders, billing] = [granted("orders"), granted("billing")];
    await recordRepositories(one.ctx, installationId, [orders, billing]);
    const removed = await recordRepositories(one.ctx, installationId, [orders]);
    expect(removed).toEqual({ added: [], removed: ["acme/billing"], returned: [] });
    const gone = (await listRepositories(one.ctx)).find((row) => row.fullName === "acme/billing");
    expect(gone?.removedAt).not.toBeNull();
    const facts = await findRepository(db, gone?.repositoryId ?? "");
    expect(facts?.unreachableBecause).toContain("no longer has access to acme/billing");
    expect(await listDueScans(db, 1_000)).not.toContain(gone?.repositoryId);
    const back = await recordRepositories(one.ctx, installationId, [orders, { ...billing, fullName: "acme/money" }]);
    expect(back).toEqual({ added: [], removed: [], returned: ["acme/money"] });
    expect((await listRepositories(one.ctx)).map((row) => [row.fullName, row.removedAt])).toEqual([
      ["acme/money", null],
      ["acme/orders", null],
    ]);
  });
});

describe("an installation's list of ten thousand repositories", () => {
  it("is kept whole, first and again", async () => {
    const one = await given.organization();
    const { installationId } = await connectInstallation(one.ctx, { githubId: randomId(), account });
    const list = Array.from({ length: 10_000 }, (_, index) => granted(`service-${index}`, BigInt(index + 1)));
    expect((await recordRepositories(one.ctx, installationId, list)).added).toHaveLength(list.length);
    expect(one.bells.filter(({ name }) => name === "repository.scan")).toHaveLength(25);
    const renamed = list.slice(1).map((row) => ({ ...row, fullName: `${row.fullName}-2` }));
    expect(await recordRepositories(one.ctx, installationId, renamed)).toMatchObject({
      added: [],
      removed: ["acme/service-0"],
    });
    const where = { organizationId: one.organizationId, removedAt: null, fullName: { endsWith: "-2" } };
    expect(await db.repository.count({ where })).toBe(renamed.length);
  }, 60_000);
});

describe("what GitHub tells about an installation", () => {
  const heard = async (event: InstallationEvent) => {
    const bells: unknown[] = [];
    const doorbell = { ring: async (rung: unknown[]) => void bells.push(...rung) };
    return { ...(await recordInstallationEvent({ db, now: () => new Date(), doorbell }, event)), bells };
  };

  it("is explained, and changes nothing, for one that nobody has connected", async () => {
    const event = await heard({ kind: "created", githubId: randomId(), accountLogin: "stranger" });
    expect(event).toMatchObject({ installationId: null, organizationId: null, bells: [] });
    expect(event.explanation).toContain("stranger");
  });

  it.each([
    ["deleted", { deletedAt: expect.any(Date) }, 0],
    ["suspended", { suspendedAt: expect.any(Date) }, 0],
    ["permissions_accepted", { deletedAt: null, suspendedAt: null }, 1],
  ] as const)("is kept: %s", async (kind, facts, rung) => {
    const one = await given.organization();
    const { installationId, installationGithubId, repositoryId } = await given.repository(one);
    const event = await heard({ kind, githubId: installationGithubId, accountLogin: "acme" });
    expect(event).toMatchObject({ installationId, organizationId: one.organizationId });
    expect(event.bells).toHaveLength(rung);
    expect(await listInstallations(one.ctx)).toMatchObject([facts]);
    const repository = await findRepository(db, repositoryId);
    expect(repository?.unreachableBecause === null).toBe(rung === 1);
    expect((await listRepositories(one.ctx))[0]?.removedAt === null).toBe(kind !== "deleted");
  });

  it("undoes a suspension", async () => {
    const one = await given.organization();
    const { installationId, installationGithubId: githubId } = await given.repository(one);
    await heard({ kind: "suspended", githubId, accountLogin: "acme" });
    const event = await heard({ kind: "unsuspended", githubId, accountLogin: "acme" });
    expect(event.bells).toEqual([{ name: "installation.sync", payload: { installationId } }]);
    expect(await listInstallations(one.ctx)).toMatchObject([{ suspendedAt: null, syncedAt: null }]);
  });

  it("takes a repository away at once, so that nothing is deployed from it", async () => {
    const one = await given.organization();
    const { installationGithubId: githubId, githubId: repositoryGithubId } = await given.repository(one);
    const event = { kind: "repositories_changed", githubId, accountLogin: "acme", added: 0 } as const;
    const { bells } = await heard({ ...event, removedGithubIds: [repositoryGithubId] });
    expect(bells).toHaveLength(1);
    expect((await listRepositories(one.ctx))[0]?.removedAt).not.toBeNull();
  });
});
