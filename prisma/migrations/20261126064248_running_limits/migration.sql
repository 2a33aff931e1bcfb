-- CreateTable
CREATE TABLE "running_limits" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "per_organization" INTEGER NOT NULL,
    "in_all" INTEGER NOT NULL,

    CONSTRAINT "running_limits_pkey" PRIMARY KEY ("id")
);
