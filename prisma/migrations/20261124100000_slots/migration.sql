-- One running deployment per service, stage and region is a fact of the database: Prisma's schema can't say "where".
CREATE UNIQUE INDEX "deployments_slot" ON "deployments" ("service_id", "stage_id", "region") WHERE "status" = 'running';

-- A service's own parameter has no stage, and two of one name would be two all the same.
CREATE UNIQUE INDEX "parameters_name" ON "parameters" ("service_id", "stage_id", "name") NULLS NOT DISTINCT;

-- What the sweep looks for, every few seconds.
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" ("received_at") WHERE "settled_at" IS NULL;
CREATE INDEX "deployments_active" ON "deployments" ("queued_at") WHERE "status" IN ('queued', 'running');
CREATE INDEX "deployments_unreported" ON "deployments" ("finished_at") WHERE "reported_status" IS NULL OR "reported_status" IN ('queued', 'running');
