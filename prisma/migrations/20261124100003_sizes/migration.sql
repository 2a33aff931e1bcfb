-- AlterTable
ALTER TABLE "outputs" ADD COLUMN     "bytes" INTEGER;
