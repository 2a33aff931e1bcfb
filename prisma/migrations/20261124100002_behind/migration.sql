-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "behind_previous" INTEGER;
