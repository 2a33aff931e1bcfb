import { createStatements } from "@branchline/db/statements";
import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, expect, test } from "vitest";
import type { Ctx } from "../ctx.ts";
import { appendChunk } from "../logs/append.ts";
import { trimLog } from "../logs/trim.ts";
import { beat } from "./beat.ts";
import { type Claim, claimDeployment } from "./claim.ts";
import { finishDeployment } from "./finish.ts";
import { forgetMutation, parkDeployment } from "./park.ts";
import { endPhase, startPhase } from "./phases.ts";
import { pinCommit } from "./pin-commit.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import { recordStack, recordStackEvents } from "./record-stack.ts";
import { releaseDeployment } from "./release.ts";
import { takeOverDeployment } from "./take-over.ts";

const { db, url, close } = await testDatabase();
const statements = createStatements(url, 1);
afterAll(async () => {
  await statements.close();
  await close();
});
const given = givenIn(db);
const now = new Date();

const chunk = { seq: 1, firstLine: 1, lineCount: 1, continues: false, bytes: Buffer.from("late\n") };
const event = {
  eventId: "e-1",
  at: now,
  logicalId: "Topic",
  physicalId: null,
  resourceType: "T",
  status: "S",
  reason: "",
};
const leak = { secret: "TOKEN", how: "base64", line: 1 };
const verdict = { status: "succeeded", facts: {}, outputs: [{ kind: "output", key: "a", value: "b" }] } as const;

/** All that a worker writes of what it runs. */
const writes: Record<string, (claim: Claim, ctx: Ctx) => Promise<unknown>> = {
  "keeps the lease": ({ deploymentId, epoch }) => beat(statements, deploymentId, epoch),
  "stores a line": ({ deploymentId, epoch }) => appendChunk(db, { ...chunk, deploymentId, epoch }),
  "lets go of lines": (claim) => trimLog(db, claim, { headBytes: 0, tailBytes: 0 }),
  "begins a phase": (claim) => startPhase(db, claim, "install", 1, now),
  "ends a phase": ({ deploymentId, epoch }) =>
    endPhase(db, { deploymentId, epoch }, "checkout", { status: "succeeded", note: "late", at: now }),
  "pins the commit": (claim) =>
    pinCommit(db, claim, { sha: "a".repeat(40), message: "late", author: "late", authorLogin: null }),
  "says that AWS is touched": (claim) => recordStack(db, claim, { mutatingAt: now, stackName: "late" }),
  "says that AWS is untouched": (claim) => forgetMutation(db, claim),
  "stores a stack's events": (claim) => recordStackEvents(db, claim, [event]),
  "raises an alarm": (claim, ctx) => raiseAlarm(ctx, claim, [leak]),
  "parks it": (claim) => parkDeployment(db, claim, { because: "late", forMs: 0, ranMs: 0, isCancelHeeded: false }),
  "gives it up": (claim) => releaseDeployment(db, claim, { because: "late", now }),
  "ends it": (claim, ctx) => finishDeployment(ctx, claim, { ...verdict, outputs: [...verdict.outputs] }),
};

/** A deployment of a branch's head that one worker began, and another one has. */
async function takenOver() {
  const organization = await given.organization();
  const { deploymentId } = await given.deployment(organization, await given.service(organization));
  const first = (await claimDeployment(db, deploymentId, now)) ?? fail();
  await startPhase(db, first, "checkout", 1, now);
  await db.deployment.update({ where: { id: deploymentId }, data: { commitSha: null, leaseUntil: new Date(0) } });
  const second = (await takeOverDeployment(db, deploymentId, now)) ?? fail();
  await startPhase(db, second, "checkout", 1, now);
  await appendChunk(db, { ...chunk, deploymentId, epoch: second.epoch, seq: 2 });
  await recordStack(db, second, { mutatingAt: new Date(0) });
  return { first, second, ctx: organization.ctx };
}

/** Everything that stands anywhere about it. */
const allOf = ({ deploymentId }: Claim) =>
  db.deployment.findUniqueOrThrow({
    where: { id: deploymentId },
    include: { phases: true, stackEvents: true, outputs: true, logChunks: true },
  });

test.each(Object.keys(writes))(
  "threat 45: a worker with an older epoch writes for a deployment that runs elsewhere (%s): nothing is written",
  async (name) => {
    const { first, second, ctx } = await takenOver();
    const before = await allOf(first);
    await writes[name]?.(first, ctx);
    expect(await allOf(first)).toEqual(before);
    await writes[name]?.(second, ctx);
    expect(await allOf(first)).not.toEqual(before);
  },
);

function fail(): never {
  throw new Error("There is nothing to claim.");
}
