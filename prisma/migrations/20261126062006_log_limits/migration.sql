-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "log_bytes" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "log_chunks" ADD COLUMN     "byte_offset" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "continues" BOOLEAN NOT NULL DEFAULT false;

-- A long log's middle goes while its end comes: its place is to be used again soon, however large the table is.
ALTER TABLE "log_chunks" SET (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 20000
);
