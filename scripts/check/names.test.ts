import { describe, expect, test } from "vitest";
import { lengthFaults, namingFaults } from "./names.ts";

describe("names", () => {
  test.each([
    "apps/web/lib/string-utils.ts",
    "packages/core/src/helpers/a.ts",
    "packages/core/src/deployment-manager.ts",
    "scripts/process.ts",
  ])("%s is refused, because it says nothing", (path) => expect(namingFaults(path)).toHaveLength(1));

  test.each(["packages/core/src/MoveOn.ts", "packages/core/src/move_on.ts", "apps/web/app/Page.tsx"])(
    "%s is refused, because it is not kebab-case",
    (path) => expect(namingFaults(path)).toHaveLength(1),
  );

  test.each([
    "packages/core/src/move.ts",
    "apps/web/app/[org]/page.tsx",
    "apps/web/app/api/auth/[...all]/route.ts",
    "apps/worker/src/jobs/deployment.run.ts",
    "packages/db/src/database.ts",
  ])("%s is accepted", (path) => expect(namingFaults(path)).toEqual([]));

  test("a file of 301 lines is too long, one of 300 is not", () => {
    expect(lengthFaults("a.ts", "x\n".repeat(301))).toHaveLength(1);
    expect(lengthFaults("a.ts", "x\n".repeat(300))).toEqual([]);
  });
});
