import type { Hono } from "hono";
import { html } from "hono/html";
import { userAccess } from "../auth/access.ts";
import { installationPage } from "../shapes/app.ts";
import { getAccount } from "../store/accounts.ts";
import { installationsOf } from "../store/installations.ts";
import { fullName } from "../store/repositories.ts";
import type { World } from "../world.ts";
import { ago, layout } from "./layout.ts";
import { signedInUser } from "./session.ts";

/** `/`: the repositories that the signed-in person may see, and where the App is installed. */
export function homePages(app: Hono, world: World): void {
  app.get("/", (c) => {
    const user = signedInUser(world, c);
    const seen = world.store.repositories.filter(
      (row) => !row.private || (user !== null && userAccess(world, user, row) !== "none"),
    );
    const rows = seen.map(
      (row) => html`<li><a class="grow" href="/${fullName(world.store, row)}">${fullName(world.store, row)}</a>
<span class="soft small">${row.private ? "Private" : "Public"}</span>${ago(row.pushedAt)}</li>`,
    );
    const { name, slug } = world.options.app;
    const installations = user ? installationsOf(world.store, user) : [];
    const installed = installations.map(
      (row) => html`<li><span class="grow">${name} on ${getAccount(world.store, row.accountId).login}</span>
<a href="${new URL(installationPage(world, row)).pathname}">Configure</a></li>`,
    );
    const body = html`<h1>Repositories</h1>
<p class="soft">${user ? html`Signed in as ${user.login}.` : html`<a href="/login">Sign in</a> to see private repositories.`}</p>
${rows.length === 0 ? html`<p class="card soft">There is nothing to show yet.</p>` : html`<ul class="rows">${rows}</ul>`}
<h2>Apps</h2>
${installed.length === 0 ? "" : html`<ul class="rows">${installed}</ul>`}
<p><a href="/apps/${slug}/installations/new">Install ${name}</a> · <a href="/settings/apps/${slug}/advanced">Webhook deliveries</a></p>`;
    return c.html(layout({ title: "Repositories", user, body }));
  });
}
