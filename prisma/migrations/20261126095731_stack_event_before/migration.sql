-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "stack_event_before" TEXT;
