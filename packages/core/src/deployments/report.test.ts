import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimDeployment } from "./claim.ts";
import { findReportable, recordReport } from "./report.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test.each(["older", "newer"] as const)(
  "fault 9: of two reports of a deployment at once, of which the %s is heard last, a third one has the last word, at the newest check",
  async (last) => {
    const { db } = database;
    const given = givenIn(db);
    const organization = await given.organization();
    const { deploymentId } = await given.deployment(organization, await given.service(organization));
    const report = () => findReportable(db, deploymentId);
    const demand = async () => (await report()) ?? expect.fail("There is nothing to tell");
    const older = { told: await demand(), checkRunId: 1n };
    await claimDeployment(db, deploymentId, new Date());
    const newer = { told: await demand(), checkRunId: 2n };
    for (const { told, checkRunId } of last === "older" ? [newer, older] : [older, newer])
      await recordReport(db, told, checkRunId);
    const third = await demand();
    expect(third).toMatchObject({ status: "running", checkRunId: 2n });
    await recordReport(db, third, third.checkRunId);
    expect(await report()).toBeNull();
  },
);
