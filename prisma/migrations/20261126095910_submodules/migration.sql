-- AlterTable
ALTER TABLE "services" ADD COLUMN     "checkout_submodules" BOOLEAN NOT NULL DEFAULT false;
