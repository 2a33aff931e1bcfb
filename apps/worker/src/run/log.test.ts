import { claimDeployment } from "@branchline/core/deployments/claim";
import { readWholeLog } from "@branchline/core/logs/queries";
import { createTail, type Tail } from "@branchline/logs";
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLog } from "./log.ts";

let database: TestDatabase;
let redis: TestRedis;
let tail: Tail;
beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  tail = createTail(redis.url);
});
afterAll(async () => {
  await tail.close();
  await Promise.all([redis.close(), database.close()]);
});

async function openedLog(secrets: string[]) {
  const { db } = database;
  const given = givenIn(db);
  const organization = await given.organization();
  const service = await given.service(organization);
  const { deploymentId } = await given.deployment(organization, service);
  const claim = await claimDeployment(db, deploymentId, new Date());
  if (claim === null) throw new Error("The deployment could not be claimed.");
  const log = openLog({ db, tail }, claim, secrets, () => undefined);
  return {
    log,
    async text() {
      let text = "";
      for await (const part of readWholeLog(db, deploymentId)) text += part;
      return text.replaceAll(/\u001b\[\d+m/g, "");
    },
  };
}

test("what becomes secret while the log is open is hidden from then on, in what Branchline says as well", async () => {
  const { log, text } = await openedLog(["a-parameter"]);
  await log.output(Buffer.from("a-parameter and session-of-aws\n"), "stdout");
  log.hide(["session-of-aws"]);
  await log.output(Buffer.from("session-of-"), "stderr");
  await log.output(Buffer.from("aws\n"), "stderr");
  await log.say("AWS refused session-of-aws.");
  await log.end();
  expect(await text()).toBe("*** and session-of-aws\n***\n▸ AWS refused ***.\n");
});

test("a step's last half line is stored before the next step begins", async () => {
  const { log, text } = await openedLog(["half-of-a-secret"]);
  await log.output(Buffer.from("no end, half-of-a"), "stdout");
  await log.endStep();
  expect(await text()).toBe("no end, half-of-a\n");
  await log.say("next");
  await log.output(Buffer.from("-secret\n"), "stdout");
  await log.end();
  expect(await text()).toBe("no end, half-of-a\n▸ next\n-secret\n");
});
