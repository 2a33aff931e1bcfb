-- AlterTable
ALTER TABLE "chores" ADD COLUMN     "cursors" TEXT[] DEFAULT ARRAY[]::TEXT[];
