-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "stack_stuck" TEXT[] DEFAULT ARRAY[]::TEXT[];
