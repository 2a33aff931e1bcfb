import type { Hono } from "hono";
import { html } from "hono/html";
import { notFound } from "../rest/errors.ts";
import type { Delivery } from "../store/records.ts";
import { redeliver } from "../webhooks/deliver.ts";
import type { World } from "../world.ts";
import { demandUser } from "./frame.ts";
import { ago, layout, type Markup } from "./layout.ts";
import { readForm } from "./session.ts";

const SHOWN_DELIVERIES = 100;

/** `/settings/apps/{slug}/advanced`: what was sent to the App, and sending it again. */
export function deliveryPages(app: Hono, world: World): void {
  const path = `/settings/apps/${world.options.app.slug}/advanced`;
  app.get(path, (c) => {
    const user = demandUser(world, c);
    const rows = world.store.deliveries.all().reverse().slice(0, SHOWN_DELIVERIES);
    const body = html`<h1>Recent deliveries</h1><p class="soft">To <code>${world.options.app.webhookUrl}</code>. A failed one is not sent again by itself.</p>
${rows.length === 0 ? html`<p class="card soft">None yet.</p>` : html`<ul class="rows">${rows.map((row) => deliveryRow(path, row))}</ul>`}`;
    return c.html(layout({ title: "Recent deliveries", user, body }));
  });
  app.post(path, async (c) => {
    const form = await readForm(c);
    demandUser(world, c);
    const delivery = world.store.deliveries.get(Number(form.get("id")));
    if (!delivery) throw notFound();
    redeliver(world, delivery);
    return c.redirect(path, 303);
  });
}

function deliveryRow(path: string, row: Delivery): Markup {
  const tone = row.status === "pending" ? "wait" : row.status === "OK" ? "good" : "bad";
  const sign = row.status === "pending" ? "◐" : row.status === "OK" ? "✓" : "✗";
  return html`<li><span class="mark ${tone}">${sign} ${row.statusCode || ""}</span>
<span class="grow">${row.event}${row.action ? `.${row.action}` : ""} <code>${row.guid}</code>${row.redelivery ? html` <span class="soft small">redelivery</span>` : ""}</span>
<span class="soft small">${row.status} · ${row.duration} s</span>${ago(row.deliveredAt)}
<form class="inline" method="post" action="${path}"><input type="hidden" name="id" value="${row.id}"><button>Redeliver</button></form></li>`;
}
