import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimDeployment } from "../deployments/claim.ts";
import { finishDeployment } from "../deployments/finish.ts";
import { listOutputs } from "../deployments/queries.ts";
import { listStagePairs, recordBehind } from "./behind.ts";
import { boardOf, cellsOf } from "./queries.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("the board", () => {
  it("shows what runs, not what waits behind it", async () => {
    const given = givenIn(database.db);
    const organization = await given.organization();
    const service = await given.service(organization);
    const queue = () => given.deployment(organization, service);
    const first = await queue();
    const statusNow = async () => (await boardOf(organization.ctx)).services[0]?.cells.prod;
    expect(await statusNow()).toMatchObject({ number: first.number, status: "queued" });
    await claimDeployment(database.db, first.deploymentId, new Date());
    await queue();
    expect(await statusNow()).toMatchObject({ number: first.number, status: "running" });
  });

  it("says how far each stage is behind the one before it, from the newest success of each", async () => {
    const given = givenIn(database.db);
    const organization = await given.organization();
    const service = await given.service(organization, {
      mappings: [
        { branch: "develop", stage: "staging" },
        { branch: "main", stage: "prod" },
      ],
    });
    const { ctx } = organization;
    const deploy = async (stage: string, sha: string) => {
      const commit = { sha, message: sha, author: "Ada", authorLogin: null };
      const { deploymentId } = await given.deployment(organization, service, { stage, commit });
      const claim = await claimDeployment(database.db, deploymentId, new Date());
      if (claim === null) throw new Error("not claimed");
      const outputs = [{ kind: "output", key: "sha", value: sha }] as const;
      await finishDeployment(ctx, claim, { status: "succeeded", facts: {}, outputs: [...outputs] });
      return deploymentId;
    };
    const staging = await deploy("staging", "a");
    expect(await listStagePairs(database.db, staging)).toEqual([]);
    const prod = await deploy("prod", "a");
    const later = await deploy("staging", "b");
    const pair = { deploymentId: prod, commitSha: "a", previousSha: "b" };
    expect(await listStagePairs(database.db, later)).toEqual([pair]);
    expect(await listStagePairs(database.db, prod)).toEqual([pair]);
    await recordBehind(database.db, prod, 3);
    const { cells } = (await boardOf(ctx)).services[0] ?? {};
    expect(cells?.prod?.deployed).toMatchObject({ behind: 3 });
    expect(await cellsOf(ctx, service.serviceId)).toEqual(cells);
    const numbers = Object.values(cells ?? {}).map(({ number }) => number);
    expect(await listOutputs(ctx, numbers)).toEqual([
      { stage: "staging", kind: "output", key: "sha", value: "b" },
      { stage: "prod", kind: "output", key: "sha", value: "a" },
    ]);
    const other = (await given.organization()).ctx;
    expect([await cellsOf(other, service.serviceId), await listOutputs(other, numbers)]).toEqual([{}, []]);
  });
});
