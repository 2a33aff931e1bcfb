import assert from "node:assert/strict";
import test from "node:test";
import { hello } from "./handler.js";

test("the dependency is installed and counts in seconds", async () => {
  const answer = await hello();
  assert.deepEqual(JSON.parse(answer.body), { service: "pnpm-service", cacheSeconds: 120 });
});
