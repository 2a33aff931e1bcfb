-- AlterTable
ALTER TABLE "deploy_profiles" ADD COLUMN     "deploy_hosts" TEXT[] DEFAULT ARRAY[]::TEXT[];
