import { defineConfig } from "vitest/config";

const skipped = ["**/node_modules/**", "**/.next/**", "examples/**", ".branchline/**"];
/** Each starts a world of its own, so they run one after another, when the quick ones are done. */
const worlds = [
  "apps/web/e2e/**/*.test.ts",
  "apps/worker/src/*.test.ts",
  "packages/aws/src/aws.test.ts",
  "packages/runner/src/sandbox/deploy.test.ts",
  "packages/testing/src/**/*.test.ts",
];

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
          exclude: [...skipped, ...worlds],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "worlds",
          include: worlds,
          exclude: skipped,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
