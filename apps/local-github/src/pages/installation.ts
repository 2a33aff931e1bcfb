import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { changeSelection, suspend, uninstall, unsuspend } from "../installations/change.ts";
import { notFound, RestError } from "../rest/errors.ts";
import { installationPage } from "../shapes/app.ts";
import { canAdminister, getAccount } from "../store/accounts.ts";
import type { World } from "../world.ts";
import { demandUser } from "./frame.ts";
import { readSelection, repositoryChoice } from "./install.ts";
import { layout } from "./layout.ts";
import { readForm } from "./session.ts";

/** An installation's settings: its repositories, suspending it, uninstalling it. */
export function installationPages(app: Hono, world: World): void {
  const paths = ["/settings/installations/:id{[0-9]+}", "/organizations/:org/settings/installations/:id{[0-9]+}"];
  for (const path of paths) {
    app.get(path, (c) => show(world, c));
    app.post(path, (c) => change(world, c));
  }
}

function installationOf(world: World, c: Context) {
  const user = demandUser(world, c);
  const installation = world.store.installations.get(Number(c.req.param("id")));
  if (!installation || !canAdminister(world.store, user, installation.accountId)) throw notFound();
  return { user, installation, account: getAccount(world.store, installation.accountId) };
}

function show(world: World, c: Context) {
  const { user, installation, account } = installationOf(world, c);
  const { name } = world.options.app;
  const suspended = installation.suspendedAt !== null;
  const action = new URL(installationPage(world, installation)).pathname;
  const body = html`<h1>${name} on ${account.login}</h1>
${suspended ? html`<p class="card note">Suspended: ${name} can reach nothing here until you end it.</p>` : ""}
<form class="card" method="post" action="${action}"><h2 style="margin-top: 0">Repository access</h2>
${repositoryChoice(world, account, installation)}
<p></p><button class="main" name="action" value="save">Save</button></form>
<form class="card" method="post" action="${action}"><h2 style="margin-top: 0">Danger zone</h2>
<p class="soft">Suspended, ${name} can read nothing here and hears of no push until you end it. Uninstalled, its tokens stop working at once.</p><div class="row">
${suspended ? html`<button name="action" value="unsuspend">End suspension</button>` : html`<button class="danger" name="action" value="suspend">Suspend</button>`}
<button class="danger" name="action" value="uninstall">Uninstall</button></div></form>`;
  return c.html(layout({ title: `${name} on ${account.login}`, user, body, narrow: true }));
}

async function change(world: World, c: Context): Promise<Response> {
  const form = await readForm(c);
  const { user, installation, account } = installationOf(world, c);
  const page = new URL(installationPage(world, installation)).pathname;
  switch (form.get("action")) {
    case "save":
      changeSelection(world, installation, readSelection(world, account, form), user.id);
      return c.redirect(page, 303);
    case "suspend":
      suspend(world, installation, user.id);
      return c.redirect(page, 303);
    case "unsuspend":
      unsuspend(world, installation, user.id);
      return c.redirect(page, 303);
    case "uninstall":
      uninstall(world, installation, user.id);
      return c.redirect("/", 303);
    default:
      throw new RestError(422, "There is no such action");
  }
}
