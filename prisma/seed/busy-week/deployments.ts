import type { Db, DeploymentStatus } from "@branchline/db";
import { failingLog, outputs, stackEvents, workingLog } from "./output.ts";

type Place = {
  db: Db;
  organizationId: string;
  repositoryId: string;
  profiles: Record<string, string>;
  services: Record<string, string>;
};

type Line = {
  service: string;
  stage: "staging" | "prod";
  message: string;
  status: DeploymentStatus;
  /** Minutes ago. */
  queued: number;
  /** Seconds. */
  took?: number;
  reason?: string;
  detail?: string;
};

const accounts = { staging: "222233334444", prod: "555566667777" };
const branches = { staging: "develop", prod: "main" };
const people = ["Ada Lovelace", "Bo Nilsson", "Chidi Okafor"];

const week: Line[] = [
  {
    service: "orders",
    stage: "staging",
    message: "Count items per order",
    status: "succeeded",
    queued: 9000,
    took: 96,
  },
  { service: "orders", stage: "prod", message: "Add VAT", status: "succeeded", queued: 2900, took: 104 },
  { service: "billing", stage: "staging", message: "Retry refused cards", status: "succeeded", queued: 1500, took: 99 },
  { service: "billing", stage: "prod", message: "Retry refused cards", status: "succeeded", queued: 1400, took: 92 },
  {
    service: "catalog",
    stage: "staging",
    message: "Index products by supplier",
    status: "failed",
    queued: 260,
    took: 131,
    reason: "stack_failed",
    detail: "Resource `ProductsTable` could not be replaced: a table named catalog-staging-products already exists.",
  },
  {
    service: "orders",
    stage: "staging",
    message: "Round half even",
    status: "cancelled",
    queued: 90,
    reason: "superseded",
  },
  {
    service: "catalog",
    stage: "prod",
    message: "Show stock",
    status: "failed",
    queued: 60,
    took: 12,
    reason: "tests_failed",
    detail: "npm test exited with 1: 2 of 48 tests failed.",
  },
  { service: "orders", stage: "staging", message: "Fix rounding", status: "succeeded", queued: 14, took: 88 },
  { service: "orders", stage: "prod", message: "Fix rounding", status: "succeeded", queued: 6, took: 101 },
  { service: "billing", stage: "staging", message: "Send receipts by e-mail", status: "running", queued: 2 },
  { service: "billing", stage: "staging", message: "Name the sender of receipts", status: "queued", queued: 1 },
];

/** Writes the week, newest last; what runs has begun a minute ago. */
export async function writeDeployments(place: Place): Promise<void> {
  for (const [index, line] of week.entries()) await writeDeployment(place, line, index + 1);
}

async function writeDeployment(place: Place, line: Line, number: number): Promise<void> {
  const { db, organizationId, repositoryId } = place;
  const serviceId = place.services[line.service] ?? "";
  const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
  const stage = await db.stage.findUniqueOrThrow({
    where: { appId_name: { appId: service.appId, name: line.stage } },
  });
  const times = timesOf(line);
  const author = people[number % people.length] ?? "";
  const { id } = await db.deployment.create({
    data: {
      organizationId,
      number,
      serviceId,
      stageId: stage.id,
      region: "us-east-1",
      accountId: accounts[line.stage],
      deployProfileId: place.profiles[line.stage] ?? "",
      repositoryId,
      branch: branches[line.stage],
      commitSha: (number * 7_919).toString(16).padEnd(40, "a1b2c3d4e5"),
      commitMessage: line.message,
      commitAuthor: author,
      trigger: number % 4 === 0 ? "manual" : "push",
      triggeredBy: author,
      because: `\`${line.service}/handler.js\` changed since #${Math.max(1, number - 3)}`,
      status: line.status,
      reason: line.reason ?? null,
      reasonDetail: line.detail ?? null,
      supersededByNumber: line.reason === "superseded" ? number + 2 : null,
      epoch: times.startedAt === null ? 0 : 1,
      ...times,
    },
  });
  const { startedAt, finishedAt } = times;
  if (startedAt !== null) await writeCourse(place, line, { id, startedAt, finishedAt, stageId: stage.id });
}

const waitedMs = 9_000;

function timesOf({ queued, took, status }: Line) {
  const queuedAt = new Date(Date.now() - queued * 60_000);
  const start = new Date(queuedAt.getTime() + waitedMs);
  if (took !== undefined) return { queuedAt, startedAt: start, finishedAt: new Date(start.getTime() + took * 1_000) };
  if (status === "running") return { queuedAt, startedAt: start, finishedAt: null };
  return { queuedAt, startedAt: null, finishedAt: status === "queued" ? null : start };
}

type Written = { id: string; startedAt: Date; finishedAt: Date | null; stageId: string };

async function writeCourse(place: Place, line: Line, written: Written): Promise<void> {
  const { db, organizationId } = place;
  const { id: deploymentId, startedAt, finishedAt, stageId } = written;
  const { phases, failureLine } = line.status === "failed" ? failingLog(line.reason ?? "") : workingLog(line.service);
  const end = finishedAt ?? new Date();
  const shareMs = (end.getTime() - startedAt.getTime()) / phases.length;
  let firstLine = 1;
  for (const [index, { name, lines }] of phases.entries()) {
    const from = new Date(startedAt.getTime() + index * shareMs);
    const status = index === phases.length - 1 ? lastPhase[line.status] : "succeeded";
    const to = status === "running" ? null : new Date(from.getTime() + shareMs);
    const of = { deploymentId, epoch: 1 };
    await db.phase.create({ data: { ...of, name, status, firstLine, startedAt: from, finishedAt: to } });
    const bytes = Buffer.from(`${lines.join("\n")}\n`);
    await db.logChunk.create({
      data: { ...of, seq: index + 1, firstLine, lineCount: lines.length, bytes, at: from },
    });
    firstLine += lines.length;
  }
  const stackName = `${line.service}-${line.stage}`;
  await db.deployment.update({
    where: { id: deploymentId },
    data: { logLines: firstLine - 1, failureLine, stackName },
  });
  const deployStart = new Date(end.getTime() - shareMs);
  await db.stackEvent.createMany({ data: stackEvents(deploymentId, line, deployStart, shareMs) });
  if (line.status !== "succeeded") return;
  const owner = { organizationId, serviceId: place.services[line.service] ?? "", stageId, region: "us-east-1" };
  const rows = outputs(line.service, line.stage).map((output) => ({ ...owner, deploymentId, ...output }));
  await db.output.createMany({ data: rows });
}

const lastPhase = {
  queued: "running",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "failed",
} as const satisfies Record<DeploymentStatus, string>;
