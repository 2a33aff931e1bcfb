-- AlterTable
ALTER TABLE "repositories" ADD COLUMN     "heads_due_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "heads_etag" TEXT,
ADD COLUMN     "heads_seen_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "copy_of" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'webhook';

-- CreateTable
CREATE TABLE "branch_heads" (
    "repository_id" UUID NOT NULL,
    "branch" TEXT NOT NULL,
    "sha" TEXT NOT NULL,
    "delivery_id" TEXT,

    CONSTRAINT "branch_heads_pkey" PRIMARY KEY ("repository_id","branch")
);

-- CreateTable
CREATE TABLE "chores" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "looked_until" TIMESTAMP(3),

    CONSTRAINT "chores_pkey" PRIMARY KEY ("name")
);

-- AddForeignKey
ALTER TABLE "branch_heads" ADD CONSTRAINT "branch_heads_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repositories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What came twice before copies were told apart.
UPDATE "webhook_deliveries" AS later SET "copy_of" = first."id"
FROM (
  SELECT DISTINCT ON ("event", "body_sha256") "id", "event", "body_sha256" FROM "webhook_deliveries"
  ORDER BY "event", "body_sha256", "received_at", "id"
) AS first
WHERE later."event" = first."event" AND later."body_sha256" = first."body_sha256" AND later."id" <> first."id";

-- One body is handled once for an event, whatever delivery ids it comes under.
CREATE UNIQUE INDEX "webhook_deliveries_body" ON "webhook_deliveries" ("event", "body_sha256") WHERE "copy_of" IS NULL;
