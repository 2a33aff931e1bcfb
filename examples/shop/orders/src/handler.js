import { message } from "./message.js";
import { gross } from "./totals.js";

const orders = [
  { number: 1001, item: "Desk lamp", net: 2499 },
  { number: 1002, item: "Notebook", net: 375 },
];

export async function listOrders() {
  const vatPercent = Number(process.env.VAT_PERCENT ?? "20");
  const body = {
    message,
    stage: process.env.STAGE ?? "local",
    orders: orders.map((order) => ({ ...order, gross: gross(order.net, vatPercent) })),
  };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
