-- What waits to be looked through is asked for every two seconds, and is few of many.
CREATE INDEX "repositories_unscanned" ON "repositories" ("created_at") WHERE "scanned_at" IS NULL;
