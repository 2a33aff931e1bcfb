import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, describe, expect, it } from "vitest";
import { ensureStage } from "../stages/ensure.ts";
import { listParameters, listSealedParameters } from "./queries.ts";
import { removeParameter } from "./remove.ts";
import { setParameter } from "./set.ts";

const { db, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

const sealedValue = "sealed-canary";

describe("a parameter", () => {
  it("is set for the service and for a stage, a secret unless told otherwise, and never shown again", async () => {
    const one = await given.organization();
    const { serviceId, appId } = await given.service(one);
    const own = { serviceId, stage: null, name: "API_KEY", sealedValue, inBuildEnvironment: true };
    await setParameter(one.ctx, own);
    await setParameter(one.ctx, { ...own, stage: "prod", inBuildEnvironment: false, isSecret: false });
    const listed = await listParameters(one.ctx, serviceId);
    expect(
      listed.map((row) => [row.name, row.stage, row.inBuildEnvironment, row.isSecret, row.updatedByName]).sort(),
    ).toEqual(
      [
        ["API_KEY", "prod", false, false, one.owner.name],
        ["API_KEY", null, true, true, one.owner.name],
      ].sort(),
    );
    const told = JSON.stringify([
      listed,
      await db.auditEntry.findMany({ where: { organizationId: one.organizationId } }),
    ]);
    expect(told).not.toContain(sealedValue);
    const prod = await ensureStage(db, { organizationId: one.organizationId, appId, name: "prod" });
    const qa = await ensureStage(db, { organizationId: one.organizationId, appId, name: "qa" });
    const forProd = await listSealedParameters(db, { serviceId, stageId: prod.id });
    expect(forProd.map((row) => row.stageId)).toEqual(expect.arrayContaining([null, prod.id]));
    const forQa = await listSealedParameters(db, { serviceId, stageId: qa.id });
    expect(forQa).toEqual([{ name: "API_KEY", stageId: null, sealedValue, inBuildEnvironment: true, isSecret: true }]);
  });

  it("has one value, also when it is set ten times at once", async () => {
    const one = await given.organization();
    const { serviceId } = await given.service(one);
    const own = { serviceId, stage: null, name: "A", inBuildEnvironment: false };
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => setParameter(one.ctx, { ...own, sealedValue: `value ${n}` })),
    );
    expect(await listParameters(one.ctx, serviceId)).toHaveLength(1);
  });

  it("is removed", async () => {
    const one = await given.organization();
    const { serviceId } = await given.service(one);
    const { parameterId } = await setParameter(one.ctx, {
      serviceId,
      stage: null,
      name: "A",
      sealedValue,
      inBuildEnvironment: false,
    });
    await removeParameter(one.ctx, { parameterId });
    expect(await listParameters(one.ctx, serviceId)).toEqual([]);
    await expect(removeParameter(one.ctx, { parameterId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is refused with an unknown stage, a reserved name, or a dash in a variable", async () => {
    const one = await given.organization();
    const { serviceId } = await given.service(one);
    const wanted = { serviceId, stage: null, name: "A", sealedValue, inBuildEnvironment: false };
    await expect(setParameter(one.ctx, { ...wanted, stage: "qa" })).rejects.toMatchObject({
      code: "invalid",
      field: "stage",
    });
    await expect(setParameter(one.ctx, { ...wanted, name: "AWS_PROFILE" })).rejects.toMatchObject({ name: "ZodError" });
    const dashed = { ...wanted, name: "a-b", inBuildEnvironment: true };
    await expect(setParameter(one.ctx, dashed)).rejects.toMatchObject({ issues: [{ path: ["name"] }] });
    expect(await listParameters(one.ctx, serviceId)).toEqual([]);
  });

  it("is out of a viewer's hands, and of another organization is not there", async () => {
    const one = await given.organization();
    const { serviceId } = await given.service(one);
    const wanted = { serviceId, stage: null, name: "A", sealedValue, inBuildEnvironment: false };
    const { parameterId } = await setParameter(one.ctx, wanted);
    const viewer = await given.member(one, "viewer");
    await expect(setParameter(viewer.ctx, wanted)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeParameter(viewer.ctx, { parameterId })).rejects.toMatchObject({ code: "forbidden" });
    const other = await given.organization();
    await expect(setParameter(other.ctx, wanted)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeParameter(other.ctx, { parameterId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listParameters(other.ctx, serviceId)).toEqual([]);
    expect(await listParameters(one.ctx, serviceId)).toHaveLength(1);
  });
});
