import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** For tests that need no world: nothing is started before them, and they share their workers. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["{packages,apps,scripts}/**/*.test.{ts,tsx}"],
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
  },
});
