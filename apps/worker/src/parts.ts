import type { Aws } from "@branchline/aws";
import type { Doorbell } from "@branchline/core/bells";
import type { Ctx } from "@branchline/core/ctx";
import type { RunningLimits } from "@branchline/core/deployments/limits";
import type { Db } from "@branchline/db";
import type { Github } from "@branchline/github";
import type { Tail } from "@branchline/logs";
import type { Machine, Toolchain } from "@branchline/runner";
import type { Logger } from "pino";
import type { Environment } from "./env.ts";
import type { SeenHeads } from "./receive/seen-heads.ts";
import type { Pacemaker } from "./run/pacemaker.ts";

/** What main.ts constructs once and every job gets. */
export type Parts = {
  env: Environment;
  db: Db;
  doorbell: Doorbell;
  github: Github;
  seenHeads: SeenHeads;
  aws: Aws;
  tail: Tail;
  machine: Machine;
  toolchain: Toolchain;
  limits: RunningLimits;
  pacemaker: Pacemaker;
  /** Aborts when the worker may wait no longer for its deployments, and hands them over. */
  ending: AbortSignal;
  log: Logger;
  now(): Date;
};

/** Core's context for what the worker does on its own, or for a person on GitHub. */
export function ctxOf(
  parts: Pick<Parts, "db" | "now" | "doorbell">,
  organizationId: string,
  actor: Ctx["actor"] = { kind: "system", name: "Branchline" },
): Ctx {
  return { organizationId, actor, db: parts.db, now: parts.now, doorbell: parts.doorbell };
}
