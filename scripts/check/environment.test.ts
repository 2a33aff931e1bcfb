import { expect, test } from "vitest";
import { untoldVariables } from "./environment.ts";

test("a variable that the guide does not name is found", () => {
  const env = "const shape = z.object({\n  DATABASE_URL: z.url(),\n  REDIS_URL: z.url(),\n});\n";
  expect(untoldVariables("apps/api/src/env.ts", env, "| `DATABASE_URL` | Postgres |")).toEqual([
    "docs/self-hosting.md: REDIS_URL of apps/api/src/env.ts is not told of",
  ]);
});
