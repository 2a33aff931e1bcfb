-- A delivery deploys to a service, stage and region once, and what it queued is found without reading all that ever ran there.
CREATE UNIQUE INDEX "deployments_delivery" ON "deployments" ("service_id", "stage_id", "region", "delivery_id") WHERE "delivery_id" IS NOT NULL;
