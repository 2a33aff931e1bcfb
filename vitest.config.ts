import { defineConfig } from "vitest/config";

const skipped = ["**/node_modules/**", "**/.next/**", "examples/**", ".branchline/**"];

export default defineConfig({
  cacheDir: "node_modules/.vitest-cache",
  test: {
    globalSetup: ["packages/testing/src/vitest-global-setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["{packages,apps,scripts}/**/*.test.{ts,tsx}"],
          exclude: [...skipped, "apps/web/e2e/**", "packages/testing/**"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "world",
          include: ["apps/web/e2e/**/*.test.ts", "packages/testing/**/*.test.ts"],
          exclude: skipped,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
