import type { Db } from "@branchline/db";

/** A service that the delivery was held against, and what came of it. */
export type DeliveryTarget = {
  app: string;
  service: string;
  stage: string | null;
  /** Null when nothing was queued. */
  deploymentNumber: number | null;
  because: string;
};

export type Settlement = {
  organizationId: string | null;
  branch: string | null;
  headSha: string | null;
  explanation: string;
  targets: DeliveryTarget[];
};

/** Says what became of a delivery, once. */
export async function settleDelivery(db: Db, deliveryId: string, now: Date, settlement: Settlement): Promise<void> {
  const { organizationId, branch, headSha, explanation, targets } = settlement;
  await db.webhookDelivery.updateMany({
    where: { id: deliveryId, settledAt: null },
    data: { organizationId, branch, headSha, explanation, targets, settledAt: now },
  });
}
