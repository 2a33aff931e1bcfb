import assert from "node:assert/strict";
import test from "node:test";
import { listOrders } from "./handler.js";
import { message } from "./message.js";
import { gross } from "./totals.js";

test("a price includes VAT, rounded to the cent", () => {
  assert.equal(gross(2499, 20), 2999);
  assert.equal(gross(375, 0), 375);
});

test("the endpoint answers with the message and every order", async () => {
  const answer = await listOrders();
  const body = JSON.parse(answer.body);
  assert.equal(answer.statusCode, 200);
  assert.equal(body.message, message);
  assert.equal(body.orders.length, 2);
});
