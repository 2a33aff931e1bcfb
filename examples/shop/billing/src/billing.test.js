import assert from "node:assert/strict";
import test from "node:test";
import { showInvoice } from "./handler.js";

test("an invoice has a number of six digits", async () => {
  const answer = await showInvoice({ pathParameters: { number: "1001" } });
  assert.equal(JSON.parse(answer.body).invoice, "INV-001001");
});

test("what is no number is not found", async () => {
  const answer = await showInvoice({ pathParameters: { number: "../x" } });
  assert.equal(answer.statusCode, 404);
});
