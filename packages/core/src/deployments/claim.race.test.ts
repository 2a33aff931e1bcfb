import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { expect, test } from "vitest";
import { claimDeployment } from "./claim.ts";
import { finishDeployment } from "./finish.ts";

const rounds = 1_000;
const workers = 20;

test("of twenty workers that claim at once exactly one wins, a thousand times", async () => {
  const { db, close } = await testDatabase();
  const given = givenIn(db);
  const organization = await given.organization();
  const service = await given.service(organization);
  const wins: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { deploymentId } = await given.deployment(organization, service);
    const claims = await Promise.all(
      Array.from({ length: workers }, () => claimDeployment(db, deploymentId, new Date())),
    );
    const won = claims.filter((claim) => claim !== null);
    wins.push(won.length);
    for (const claim of won) {
      await finishDeployment(organization.ctx, claim, { status: "succeeded", facts: {}, outputs: [] });
    }
  }
  await close();
  expect(wins).toEqual(Array(rounds).fill(1));
}, 240_000);
