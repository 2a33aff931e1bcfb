-- AlterTable
ALTER TABLE "parameters" ADD COLUMN     "is_secret" BOOLEAN NOT NULL DEFAULT true;
