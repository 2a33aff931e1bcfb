import assert from "node:assert/strict";
import test from "node:test";
import { hello } from "./handler.js";

test("the endpoint names its service", async () => {
  const answer = await hello();
  assert.deepEqual(JSON.parse(answer.body), { service: "pinned-osls3" });
});
