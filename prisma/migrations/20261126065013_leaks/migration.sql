-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "leaks" JSONB;
