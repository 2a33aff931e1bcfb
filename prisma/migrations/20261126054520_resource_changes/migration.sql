-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "resource_changes" JSONB;
