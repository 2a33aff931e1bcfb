import { invoiceOf } from "./invoice.js";

const headers = { "content-type": "application/json" };

export async function showInvoice(event) {
  const invoice = invoiceOf(event.pathParameters?.number ?? "");
  if (invoice === null) {
    return { statusCode: 404, headers, body: JSON.stringify({ error: "There is no such invoice." }) };
  }
  return { statusCode: 200, headers, body: JSON.stringify({ ...invoice, stage: process.env.STAGE ?? "local" }) };
}
