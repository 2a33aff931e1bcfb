-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "cancel_deletes_stack" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "described" JSONB,
ADD COLUMN     "lost_workers" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "parked_because" TEXT,
ADD COLUMN     "parked_since" TIMESTAMP(3),
ADD COLUMN     "repair" TEXT,
ADD COLUMN     "repair_skips" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "stack_changed_before" TIMESTAMP(3);
