import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimDeployment } from "../deployments/claim.ts";
import { queueDeployment } from "../deployments/queue.ts";
import { boardOf } from "./queries.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("the board", () => {
  it("shows what runs, not what waits behind it", async () => {
    const given = givenIn(database.db);
    const organization = await given.organization();
    const { serviceId, profile } = await given.service(organization);
    const queue = () =>
      queueDeployment(organization.ctx, {
        serviceId,
        deployProfileId: profile.deployProfileId,
        branch: "main",
        commit: null,
        stage: "prod",
        trigger: "manual",
        triggeredByAvatar: null,
        because: "a test",
        deliveryId: null,
      });
    const first = await queue();
    const statusNow = async () => (await boardOf(organization.ctx)).services[0]?.cells.prod;
    expect(await statusNow()).toMatchObject({ number: first.number, status: "queued" });
    await claimDeployment(database.db, first.deploymentId, new Date());
    await queue();
    expect(await statusNow()).toMatchObject({ number: first.number, status: "running" });
  });
});
