import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { beat } from "@branchline/core/deployments/beat";
import { leaseMs } from "@branchline/core/deployments/lease";
import { createStatements } from "@branchline/db/statements";

export type PacemakerSettings = {
  databaseUrl: string;
  /** A worker whose event loop does not answer for so long is ended. */
  hangLimitMs: number;
};

export type Lease = { deploymentId: string; epoch: number };

/** "lost" comes while there is time to end what runs, before another worker may have the deployment. */
export type LeaseNews = "cancel_asked" | "lost";

export type ToThread = { kind: "keep"; key: string; lease: Lease } | { kind: "drop"; key: string } | { kind: "here" };

export type FromThread =
  | { kind: "news"; key: string; news: LeaseNews }
  | { kind: "failed"; deploymentId: string; error: string }
  | { kind: "are_you_there" };

const beatMs = leaseMs / 3;

/** What it takes to end a build. */
const endMs = 1_000;

type Kept = Lease & { isBeating: boolean; surelyOurs: NodeJS.Timeout };

const { databaseUrl, hangLimitMs } = workerData as PacemakerSettings;
/** Without the client, which would take as much memory here as it does in the worker. */
const statements = createStatements(databaseUrl, 2);
const kept = new Map<string, Kept>();
let unansweredMs = 0;

const tell = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToThread) => {
  switch (message.kind) {
    case "keep":
      return keep(message.key, message.lease);
    case "drop":
      return drop(message.key);
    case "here":
      unansweredMs = 0;
  }
});

setInterval(() => {
  if (unansweredMs >= hangLimitMs) endHangingWorker();
  unansweredMs += beatMs;
  tell({ kind: "are_you_there" });
  for (const key of kept.keys()) void beatFor(key);
}, beatMs);

function keep(key: string, lease: Lease): void {
  kept.set(key, { ...lease, isBeating: false, surelyOurs: surelyOursSince(key, performance.now()) });
  void beatFor(key);
}

function drop(key: string): void {
  clearTimeout(kept.get(key)?.surelyOurs);
  kept.delete(key);
}

async function beatFor(key: string): Promise<void> {
  const lease = kept.get(key);
  if (lease === undefined || lease.isBeating) return;
  lease.isBeating = true;
  const askedAt = performance.now();
  try {
    const told = await beat(statements, lease.deploymentId, lease.epoch);
    if (!kept.has(key)) return;
    if (told === "lost") return lose(key);
    if (told === "cancel_asked") tell({ kind: "news", key, news: told });
    clearTimeout(lease.surelyOurs);
    lease.surelyOurs = surelyOursSince(key, askedAt);
  } catch (error) {
    tell({ kind: "failed", deploymentId: lease.deploymentId, error: String(error) });
  } finally {
    lease.isBeating = false;
  }
}

/** A lease that was renewed after a moment lasts for its whole length from then on, whatever any clock says. */
function surelyOursSince(key: string, moment: number): NodeJS.Timeout {
  return setTimeout(() => lose(key), moment + leaseMs - endMs - performance.now());
}

function lose(key: string): void {
  drop(key);
  tell({ kind: "news", key, news: "lost" });
}

/** Its builds end with it, and other workers go on with its deployments. Nobody else can say why. */
function endHangingWorker(): void {
  const line = { level: 60, time: Date.now(), app: "worker", msg: "the event loop hangs, so this worker ends itself" };
  writeSync(2, `${JSON.stringify(line)}\n`);
  process.kill(process.pid, "SIGKILL");
}
