-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "wanted_commit" TEXT;
