-- AlterTable
ALTER TABLE "installations" ADD COLUMN     "sync_due_at" TIMESTAMP(3),
ADD COLUMN     "sync_tries" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "repositories" ADD COLUMN     "scan_due_at" TIMESTAMP(3),
ADD COLUMN     "scan_tries" INTEGER NOT NULL DEFAULT 0;

-- What waits to be read is asked for every two seconds, and is few of many.
CREATE INDEX "installations_unsynced" ON "installations" ("created_at") WHERE "synced_at" IS NULL;
