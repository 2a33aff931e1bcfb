import { defineConfig } from "vitest/config";
import { compileCache } from "./packages/testing/src/paths.ts";
import { WorldsFirst } from "./packages/testing/src/worlds-first.ts";

const skipped = ["**/node_modules/**", "**/.next/**", "examples/**", ".branchline/**"];
/** Each starts servers, workers or browsers of its own, and takes long. */
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
    // Most of a test's time is waiting, so a machine of two cores has room for more than two.
    maxWorkers: 3,
    // A net for what never comes: a busy machine may need more than the second that is usual.
    expect: { poll: { timeout: 20_000 } },
    env: { NODE_COMPILE_CACHE: compileCache },
    sequence: { sequencer: WorldsFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["{packages,apps,scripts}/**/*.test.{ts,tsx}"],
          exclude: [...skipped, ...worlds],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "worlds",
          include: worlds,
          exclude: skipped,
          testTimeout: 360_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
