import assert from "node:assert/strict";
import test from "node:test";
import { hello } from "./handler.js";

test("the endpoint names its service", async () => {
  const answer = await hello();
  assert.deepEqual(JSON.parse(answer.body), { service: "failing-test" });
});

test("fails on purpose: nothing of this service may reach AWS", () => {
  assert.equal(1 + 1, 3);
});
