-- AlterTable
ALTER TABLE "services" ADD COLUMN     "every_commit" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "head_at" TIMESTAMPTZ(6);

-- Whose turn it is: the oldest queued deployment of each service, stage and region.
CREATE INDEX "deployments_queued" ON "deployments" ("service_id", "stage_id", "region", "number") WHERE "status" = 'queued';
