import assert from "node:assert/strict";
import test from "node:test";
import { daily } from "./handler.js";

test("a report belongs to the day of its moment in UTC", async () => {
  assert.equal((await daily({ time: "2026-11-24T23:59:59Z" })).day, "2026-11-24");
});
