import type { Ctx } from "../ctx.ts";
import { limitsOf } from "../deploy-profiles/queries.ts";
import { unprovenBecause } from "../deploy-profiles/rules.ts";
import { startsInMs } from "./estimate.ts";
import { isSameSlot, type Slot } from "./slot.ts";
import { readLimits } from "./told-limits.ts";
import { slotKey, typicalDurations } from "./typical.ts";
import { type DeploymentRow, rowOf, rowRelations } from "./view.ts";
import { type Wait, waitOf } from "./waiting.ts";

export type QueuedDeploymentRow = DeploymentRow & {
  /** From 1: its place in the organization's queue; null for what waits for a proof, which nobody stands behind. */
  position: number | null;
  /** Its deploy profile's slug. */
  profile: string;
  wait: Wait;
  /** Until it likely starts; null when nothing tells. */
  startsInMs: number | null;
  typicalMs: number | null;
};

export async function listQueued(ctx: Ctx): Promise<QueuedDeploymentRow[]> {
  const where = { organizationId: ctx.organizationId };
  const [rows, running, typical, limits, runningInAll] = await Promise.all([
    ctx.db.deployment.findMany({
      where: { ...where, status: "queued" },
      orderBy: [{ queuedAt: "asc" }, { number: "asc" }],
      take: 500,
      include: { ...rowRelations, deployProfile: true },
    }),
    ctx.db.deployment.findMany({ where: { ...where, status: "running" } }),
    typicalDurations(ctx.db, ctx.organizationId),
    readLimits(ctx.db),
    ctx.db.deployment.count({ where: { status: "running" } }),
  ]);
  return turnsOf(rows, running).map(({ row, ahead, holder, isPaused, place, position }) => {
    const typicalMs = typical.get(slotKey(row.serviceId, row.stageId)) ?? null;
    const likely = holder === undefined || isPaused ? null : { holder, ahead: ahead.length, typicalMs };
    return {
      ...rowOf(row),
      position: isPaused ? null : position,
      profile: row.deployProfile.slug,
      wait: waitOf({ holder, ahead, profile: limitsOf(row.deployProfile), place, runningInAll, limits }),
      startsInMs: likely === null ? null : startsInMs(likely, ctx.now()),
      typicalMs,
    };
  });
}

type Queued = Slot & { deployProfile: Parameters<typeof limitsOf>[0] };

/** What goes before each in its service, stage and region, and how many go on before it that nothing holds back. */
function turnsOf<Row extends Queued, Running extends Slot>(rows: readonly Row[], running: readonly Running[]) {
  let place = running.length;
  let position = 0;
  return rows.map((row, index) => {
    const ahead = rows.slice(0, index).filter((other) => isSameSlot(other, row));
    const holder = running.find((other) => isSameSlot(other, row));
    const isPaused = [...ahead, row].some(({ deployProfile }) => unprovenBecause(limitsOf(deployProfile)) !== null);
    if (holder === undefined && ahead.length === 0 && !isPaused) place += 1;
    if (!isPaused) position += 1;
    return { row, ahead, holder, isPaused, place, position };
  });
}
