import type { Claim } from "@branchline/core/deployments/claim";
import { finishDeployment, type Verdict } from "@branchline/core/deployments/finish";
import { leaseMs } from "@branchline/core/deployments/lease";
import { forgetMutation, parkDeployment } from "@branchline/core/deployments/park";
import { endPhase, startPhase } from "@branchline/core/deployments/phases";
import {
  recordStack,
  recordStackEvents,
  type StackEventFact,
  type StackFacts,
} from "@branchline/core/deployments/record-stack";
import { releaseDeployment } from "@branchline/core/deployments/release";
import type { PhaseName } from "@branchline/db";
import { createSecrets, maskedText } from "@branchline/logs";
import { ctxOf, type Parts } from "../parts.ts";
import { maskedApart } from "./apart.ts";
import { outlast } from "./outlast.ts";
import type { Parked } from "./parked.ts";

export type RunRecord = ReturnType<typeof openRecord>;

/**
 * All that a run writes down beside its log, for the page and for GitHub. CloudFormation's reasons, the CLI's facts and the
 * stack's outputs are words of others, in which a parameter's value may stand: each passes the mask here, and no other file
 * of the worker may write them.
 */
export function openRecord(parts: Parts, claim: Claim, gone: AbortSignal) {
  const { db, now } = parts;
  const kept = <T>(write: () => Promise<T>) => outlast(gone, write);
  const secrets = createSecrets([]);
  const masked = <T>(told: T): T => maskedIn(told, (text) => maskedText(secrets, text)) as T;
  const named = maskedApart(masked);
  const openedAt = performance.now();

  return {
    /** The run's own. Its log hides the same. */
    secrets,
    masked,
    startPhase: (name: PhaseName, firstLine: number) => kept(() => startPhase(db, claim, name, firstLine, now())),
    endPhase(name: PhaseName, status: "succeeded" | "failed" | "skipped", note: string | null): Promise<void> {
      const { deploymentId, epoch } = claim;
      const end = { status, note: masked(note), at: now() };
      return kept(() => endPhase(db, { deploymentId, epoch }, name, end));
    },
    /** By its name and its id AWS is asked, so they stay what they are. @returns false when the deployment is another worker's now */
    stack({ described, resourceChanges, ...facts }: StackFacts): Promise<boolean> {
      const changes = resourceChanges?.map((change) => ({ ...change, logicalId: named(change.logicalId) }));
      const told = {
        ...facts,
        ...(described === undefined ? {} : { described: maskedIn(described, named) as typeof described }),
        ...(changes === undefined ? {} : { resourceChanges: changes }),
      };
      return kept(() => recordStack(db, claim, told));
    },
    stackEvents(events: StackEventFact[]): Promise<void> {
      const shown = events.map(({ logicalId, physicalId, reason, ...event }) => {
        return { ...event, logicalId: named(logicalId), ...masked({ physicalId, reason }) };
      });
      return kept(() => recordStackEvents(db, claim, shown));
    },
    forgetMutation: () => kept(() => forgetMutation(db, claim)),
    park({ message, forMs, isCancelHeeded }: Parked): Promise<boolean> {
      const ranMs = performance.now() - openedAt;
      return kept(() => parkDeployment(db, claim, { because: masked(message), forMs, ranMs, isCancelHeeded }));
    },
    /** For whoever takes it next. It may be another worker's already; one that was away may find it still is its own. */
    giveUp: () =>
      outlast(AbortSignal.timeout(leaseMs), () =>
        releaseDeployment(db, claim, { because: "The worker gave it up.", now: now() }),
      ),
    /** @returns false when the deployment is another worker's now */
    finish({ status, facts, outputs }: Verdict): Promise<boolean> {
      const { reasonDetail } = facts;
      const verdict = {
        status,
        facts: reasonDetail === undefined ? facts : { ...facts, reasonDetail: masked(reasonDetail) },
        outputs: outputs.map(({ kind, key, ...output }) => ({ kind, key: named(key), ...masked(output) })),
      };
      return kept(() => finishDeployment(ctxOf(parts, claim.organizationId), claim, verdict));
    },
  };
}

/** The same with every text in it masked, however deep; names of fields are no texts. */
function maskedIn(told: unknown, mask: (text: string) => string): unknown {
  if (typeof told === "string") return mask(told);
  if (Array.isArray(told)) return told.map((each) => maskedIn(each, mask));
  if (typeof told !== "object" || told === null) return told;
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, maskedIn(value, mask)]));
}
