import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { getApp } from "../apps/queries.ts";
import { ownStage } from "../branch-mappings/rules.ts";
import { recordRepositories } from "../installations/sync.ts";
import { recordScan } from "../repositories/record-scan.ts";
import { ensureStage } from "../stages/ensure.ts";
import { listStages } from "../stages/queries.ts";
import { type ConfigureCiCd, configureCiCd } from "./configure.ts";
import { copyCiCd } from "./copy.ts";
import { createService } from "./create.ts";
import { disableCiCd } from "./disable.ts";
import { getService, listServices, listSiblings } from "./queries.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

type Service = Awaited<ReturnType<typeof given.service>>;

function settingsOf({ serviceId, repository, baseDirectory, profile }: Service): ConfigureCiCd {
  return {
    serviceId,
    repositoryId: repository.repositoryId,
    baseDirectory,
    branchDeploys: [{ branch: "main", stage: "prod", deployProfileId: profile.deployProfileId }],
    triggerDirectories: [],
    alwaysDeploy: false,
    everyCommit: false,
    runTests: true,
    checkoutSubmodules: false,
  };
}

describe("a service's CI/CD settings", () => {
  it("are saved as a whole, in their order, with the stages that they name", async () => {
    const one = await given.organization();
    const service = await given.service(one, {
      mappings: [
        { branch: "develop", stage: "staging" },
        { branch: "main", stage: "prod" },
        { branch: "feature/**", stage: ownStage },
      ],
      triggerDirectories: ["shared/", "orders", "shared"],
    });
    const view = await getService(one.ctx, service);
    expect(view).toMatchObject({
      enabled: true,
      runTests: true,
      alwaysDeploy: false,
      everyCommit: false,
      repository: service.repository.fullName,
    });
    expect(view.triggerDirectories).toEqual(["shared"]);
    expect(view.branchDeploys.map((row) => [row.branch, row.stage, row.profile.slug])).toEqual([
      ["develop", "staging", service.profile.slug],
      ["main", "prod", service.profile.slug],
      ["feature/**", ownStage, service.profile.slug],
    ]);
    expect(view.branchDeploys[0]?.profile).toMatchObject({
      accountId: "222233334444",
      region: "us-east-1",
      provenAt: expect.any(Date),
    });
    const app = await getApp(one.ctx, service.app);
    expect(app.stages.map((stage) => [stage.name, stage.place])).toEqual([
      ["staging", 0],
      ["prod", 1],
    ]);
    expect(app.services.map((row) => row.service)).toEqual([service.service]);
  });

  it("replace the earlier ones, and enabling counts from the first time", async () => {
    const one = await given.organization();
    const service = await given.service(one, {
      mappings: [
        { branch: "a", stage: "a" },
        { branch: "b", stage: "b" },
      ],
    });
    const { cicdEnabledAt } = await getService(one.ctx, service);
    await configureCiCd(one.ctx, {
      ...settingsOf(service),
      runTests: false,
      checkoutSubmodules: true,
      alwaysDeploy: true,
    });
    const view = await getService(one.ctx, service);
    expect(view.branchDeploys.map((row) => row.branch)).toEqual(["main"]);
    expect(view).toMatchObject({ cicdEnabledAt, runTests: false, checkoutSubmodules: true, alwaysDeploy: true });
    expect((await listStages(one.ctx, service.appId)).map((stage) => stage.name)).toEqual(["a", "b", "prod"]);
    const entries = await db.auditEntry.count({ where: { subjectId: service.serviceId, action: "ci_cd.configure" } });
    expect(entries).toBe(2);
  });

  it("of two who save at once are one's or the other's, never a mixture", async () => {
    const one = await given.organization();
    const service = await given.service(one);
    const { deployProfileId } = service.profile;
    const rows = (prefix: string) =>
      [1, 2, 3].map((n) => ({ branch: `${prefix}${n}`, stage: "prod", deployProfileId }));
    const save = (prefix: string) => configureCiCd(one.ctx, { ...settingsOf(service), branchDeploys: rows(prefix) });
    await Promise.all([save("a"), save("b"), save("a"), save("b")]);
    const { branchDeploys } = await getService(one.ctx, service);
    expect(["a1a2a3", "b1b2b3"]).toContain(branchDeploys.map((row) => row.branch).join(""));
  });

  it("name what is refused, and change nothing then", async () => {
    const one = await given.organization();
    const service = await given.service(one);
    const settings = settingsOf(service);
    const [row] = settings.branchDeploys;
    const refused: [Partial<ConfigureCiCd>, unknown][] = [
      [{ branchDeploys: [] }, ["branchDeploys"]],
      [
        { branchDeploys: [{ ...row, branch: "a b", stage: "Prod" }] as ConfigureCiCd["branchDeploys"] },
        ["branchDeploys", 0, "branch"],
      ],
      [{ branchDeploys: [row, row] as ConfigureCiCd["branchDeploys"] }, ["branchDeploys", 1, "branch"]],
      [{ baseDirectory: "../x" }, ["baseDirectory"]],
      [{ triggerDirectories: ["ok", "/etc"] }, ["triggerDirectories", 1]],
    ];
    for (const [change, path] of refused) {
      const error: unknown = await configureCiCd(one.ctx, { ...settings, ...change }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({
        name: "ZodError",
        issues: expect.arrayContaining([expect.objectContaining({ path })]),
      });
    }
    const foreign = await given.profile(await given.organization());
    const branchDeploys = [
      ...settings.branchDeploys,
      { branch: "x", stage: "x", deployProfileId: foreign.deployProfileId },
    ];
    const other = configureCiCd(one.ctx, { ...settings, branchDeploys });
    await expect(other).rejects.toMatchObject({ code: "not_found", field: "branchDeploys.1.deployProfileId" });
    expect((await getService(one.ctx, service)).branchDeploys).toHaveLength(1);
  });

  it("keep one service to a directory", async () => {
    const one = await given.organization();
    const orders = await given.service(one);
    const { repository, profile } = orders;
    const billing = await given.service(one, { repository, profile, name: "billing" });
    const taken = configureCiCd(one.ctx, { ...settingsOf(billing), baseDirectory: "orders/" });
    await expect(taken).rejects.toMatchObject({
      code: "conflict",
      field: "baseDirectory",
      message: expect.stringContaining("orders"),
    });
  });

  it("are saved by a developer, and disabled by an admin", async () => {
    const one = await given.organization();
    const service = await given.service(one);
    const viewer = await given.member(one, "viewer");
    const developer = await given.member(one, "developer");
    const { serviceId } = service;
    await expect(configureCiCd(viewer.ctx, settingsOf(service))).rejects.toMatchObject({ code: "forbidden" });
    await expect(copyCiCd(viewer.ctx, { serviceId, toServiceIds: [serviceId] })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(disableCiCd(developer.ctx, { serviceId })).rejects.toMatchObject({ code: "forbidden" });
    await configureCiCd(developer.ctx, settingsOf(service));
    await disableCiCd(one.ctx, { serviceId });
    const view = await getService(one.ctx, service);
    expect(view.enabled).toBe(false);
    expect(view.branchDeploys).toHaveLength(1);
  });

  it("are copied to services of the same repository", async () => {
    const one = await given.organization();
    const orders = await given.service(one, { triggerDirectories: ["shared"], alwaysDeploy: true });
    const { repository, profile, serviceId } = orders;
    const found = ["orders", "billing"].map((name) => ({
      baseDirectory: name,
      configFile: "serverless.yml",
      org: null,
      app: null,
      service: name,
      unreadBecause: null,
    }));
    await recordScan(one.ctx, { repositoryId: repository.repositoryId, sha: null, found, problem: null });
    const [billing] = await listSiblings(one.ctx, serviceId);
    expect(billing).toMatchObject({ service: "billing", enabled: false });
    await copyCiCd(one.ctx, { serviceId, toServiceIds: [billing?.serviceId ?? "", serviceId] });
    const copied = await getService(one.ctx, { app: orders.app, service: "billing" });
    expect(copied).toMatchObject({
      enabled: true,
      baseDirectory: "billing",
      alwaysDeploy: true,
      everyCommit: false,
      triggerDirectories: ["shared"],
    });
    expect(copied.branchDeploys).toEqual((await getService(one.ctx, orders)).branchDeploys);
    const elsewhere = await given.service(one, { profile });
    const wrong = copyCiCd(one.ctx, { serviceId, toServiceIds: [elsewhere.serviceId] });
    await expect(wrong).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a service", () => {
  it("is added by hand, once per name and directory", async () => {
    const one = await given.organization();
    const { repositoryId } = await given.repository(one);
    const wanted = { app: "shop", service: "orders", repositoryId, baseDirectory: "./orders/" };
    await createService(one.ctx, wanted);
    expect(await listServices(one.ctx)).toMatchObject([
      { app: "shop", service: "orders", baseDirectory: "orders", enabled: false },
    ]);
    const sameName = createService(one.ctx, { ...wanted, baseDirectory: "x" });
    await expect(sameName).rejects.toMatchObject({ code: "conflict", field: "service" });
    const samePlace = createService(one.ctx, { ...wanted, service: "x" });
    await expect(samePlace).rejects.toMatchObject({ code: "conflict", field: "baseDirectory" });
    const scan = { repositoryId, sha: null, found: [], problem: null };
    expect(await recordScan(one.ctx, scan)).toEqual({ added: 0, gone: 0 });
    const viewer = await given.member(one, "viewer");
    await expect(createService(viewer.ctx, { ...wanted, service: "y" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("says that its repository was taken away", async () => {
    const one = await given.organization();
    const service = await given.service(one);
    await recordRepositories(one.ctx, service.repository.installationId, []);
    expect(await getService(one.ctx, service)).toMatchObject({ repositoryRemoved: true });
    expect(await listServices(one.ctx)).toMatchObject([{ repositoryRemoved: true }]);
    const save = configureCiCd(one.ctx, settingsOf(service));
    await expect(save).rejects.toMatchObject({ code: "invalid", field: "repositoryId" });
  });

  it("of another organization is not there", async () => {
    const one = await given.organization();
    const own = await given.service(one);
    const other = await given.organization();
    const service = await given.service(other);
    const { serviceId } = service;
    const missing = { code: "not_found" };
    await expect(configureCiCd(one.ctx, { ...settingsOf(own), serviceId })).rejects.toMatchObject(missing);
    const repositoryId = service.repository.repositoryId;
    await expect(configureCiCd(one.ctx, { ...settingsOf(own), repositoryId })).rejects.toMatchObject(missing);
    await expect(copyCiCd(one.ctx, { serviceId, toServiceIds: [own.serviceId] })).rejects.toMatchObject(missing);
    await expect(copyCiCd(one.ctx, { serviceId: own.serviceId, toServiceIds: [serviceId] })).rejects.toMatchObject(
      missing,
    );
    await expect(disableCiCd(one.ctx, { serviceId })).rejects.toMatchObject(missing);
    const add = createService(one.ctx, { app: "a", service: "b", repositoryId, baseDirectory: "b" });
    await expect(add).rejects.toMatchObject(missing);
    await disableCiCd(one.ctx, { serviceId: own.serviceId });
    const empty = await given.organization();
    await expect(getService(empty.ctx, service)).rejects.toMatchObject(missing);
    await expect(getApp(empty.ctx, service.app)).rejects.toMatchObject(missing);
    expect(await listServices(empty.ctx)).toEqual([]);
    expect(await listSiblings(empty.ctx, serviceId)).toEqual([]);
    expect(await listStages(empty.ctx, service.appId)).toEqual([]);
    expect(await getService(other.ctx, service)).toMatchObject({ enabled: true });
  });
});

describe("a stage", () => {
  it("is made once by ten who need it at once", async () => {
    const one = await given.organization();
    const { appId } = await given.service(one);
    const wanted = { organizationId: one.organizationId, appId, name: "qa" };
    const made = await Promise.all(Array.from({ length: 10 }, () => ensureStage(db, wanted)));
    expect(new Set(made.map((stage) => stage.id)).size).toBe(1);
    expect((await listStages(one.ctx, appId)).map((stage) => stage.name)).toEqual(["prod", "qa"]);
  });
});
