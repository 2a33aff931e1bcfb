import type { Claim } from "@branchline/core/deployments/claim";
import { finishDeployment, type Verdict } from "@branchline/core/deployments/finish";
import { forgetMutation, parkDeployment } from "@branchline/core/deployments/park";
import { endPhase, startPhase } from "@branchline/core/deployments/phases";
import {
  recordStack,
  recordStackEvents,
  type StackEventFact,
  type StackFacts,
} from "@branchline/core/deployments/record-stack";
import type { PhaseName } from "@branchline/db";
import { createSecrets, maskedText } from "@branchline/logs";
import { ctxOf, type Parts } from "../parts.ts";
import type { Parked } from "./parked.ts";

export type RunRecord = ReturnType<typeof openRecord>;

/**
 * All that a run writes down beside its log, for the page and for GitHub. CloudFormation's reasons, the CLI's facts and the
 * stack's outputs are words of others, in which a parameter's value may stand: each passes the mask here, and no other file
 * of the worker may write them.
 */
export function openRecord(parts: Parts, claim: Claim) {
  const { db, now } = parts;
  const secrets = createSecrets([]);
  const masked = <T>(told: T): T => maskedIn(told, (text) => maskedText(secrets, text)) as T;

  return {
    /** The run's own. Its log hides the same. */
    secrets,
    masked,
    startPhase: (name: PhaseName, firstLine: number) => startPhase(db, claim, name, firstLine, now()),
    endPhase(name: PhaseName, status: "succeeded" | "failed" | "skipped", note: string | null): Promise<void> {
      const { deploymentId, epoch } = claim;
      return endPhase(db, { deploymentId, epoch }, name, { status, note: masked(note), at: now() });
    },
    /** By its name and its id AWS is asked, so they stay what they are. @returns false when the deployment is another worker's now */
    stack({ described, resourceChanges, ...facts }: StackFacts): Promise<boolean> {
      const changes = resourceChanges?.map((change) => ({ ...change, logicalId: masked(change.logicalId) }));
      return recordStack(db, claim, {
        ...facts,
        ...(described === undefined ? {} : { described: masked(described) }),
        ...(changes === undefined ? {} : { resourceChanges: changes }),
      });
    },
    stackEvents(events: StackEventFact[]): Promise<void> {
      const shown = events.map(({ logicalId, physicalId, reason, ...event }) => {
        return { ...event, ...masked({ logicalId, physicalId, reason }) };
      });
      return recordStackEvents(db, claim, shown);
    },
    forgetMutation: () => forgetMutation(db, claim),
    park: ({ message, forMs }: Parked) => parkDeployment(db, claim, { because: masked(message), forMs }),
    /** @returns false when the deployment is another worker's now */
    finish({ status, facts, outputs }: Verdict): Promise<boolean> {
      const { reasonDetail } = facts;
      return finishDeployment(ctxOf(parts, claim.organizationId), claim, {
        status,
        facts: reasonDetail === undefined ? facts : { ...facts, reasonDetail: masked(reasonDetail) },
        outputs: outputs.map(({ kind, ...output }) => ({ kind, ...masked(output) })),
      });
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
