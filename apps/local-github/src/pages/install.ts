import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { install } from "../installations/change.ts";
import { RestError } from "../rest/errors.ts";
import { installationPage } from "../shapes/app.ts";
import { canAdminister, findAccount, organizationsOf } from "../store/accounts.ts";
import type { Account, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { demandUser } from "./frame.ts";
import { face, layout, type Markup } from "./layout.ts";
import { readForm } from "./session.ts";

/** `/apps/{slug}/installations/new`: where to install the App, and on which repositories. */
export function installPages(app: Hono, world: World): void {
  const { slug } = world.options.app;
  app.get(`/apps/${slug}`, (c) => c.redirect(`/apps/${slug}/installations/new`));
  app.get(`/apps/${slug}/installations/new`, (c) => {
    const user = demandUser(world, c);
    const state = c.req.query("state") ?? "";
    const target = c.req.query("target");
    const body =
      target === undefined ? chooseAccount(world, user, state) : chooseRepositories(world, user, target, state);
    return c.html(layout({ title: `Install ${world.options.app.name}`, user, body, narrow: true }));
  });
  app.post(`/apps/${slug}/installations`, (c) => installed(world, c));
}

function chooseAccount(world: World, user: Account, state: string): Markup {
  const { name, slug } = world.options.app;
  const accounts = [user, ...organizationsOf(world.store, user)].filter((row) =>
    canAdminister(world.store, user, row.id),
  );
  const rows = accounts.map((account) => {
    const existing = world.store.installations.find((row) => row.accountId === account.id);
    const query = new URLSearchParams({ target: account.login, ...(state === "" ? {} : { state }) });
    const href = existing
      ? new URL(installationPage(world, existing)).pathname
      : `/apps/${slug}/installations/new?${query}`;
    return html`<li>${face(account.login)}<a class="grow" href="${href}">${account.login}</a>
<span class="soft small">${existing ? "Installed · Configure" : account.type}</span></li>`;
  });
  return html`<h1>Install ${name}</h1><p class="soft">Where do you want to install ${name}?</p><ul class="rows">${rows}</ul>`;
}

function chooseRepositories(world: World, user: Account, login: string, state: string): Markup {
  const { name, slug } = world.options.app;
  const account = administered(world, user, login);
  return html`<h1>Install ${name} on ${account.login}</h1>
<form class="card" method="post" action="/apps/${slug}/installations">
<input type="hidden" name="account" value="${account.login}"><input type="hidden" name="state" value="${state}">
${repositoryChoice(world, account, { selection: "all", repositoryIds: [] })}
<p class="soft small">${name} will read code and metadata, and write checks, commit statuses, deployments and pull requests.</p>
<button class="main">Install</button></form>`;
}

/** All repositories or some: radio buttons and a list of boxes. */
export function repositoryChoice(
  world: World,
  account: Account,
  chosen: { selection: "all" | "selected"; repositoryIds: number[] },
): Markup {
  const checked = (yes: boolean) => (yes ? "checked" : "");
  const boxes = world.store.repositories
    .filter((row) => row.ownerId === account.id)
    .map(
      (row: Repository) => html`<label class="choice"><input type="checkbox" name="repository" value="${row.id}"
${checked(chosen.repositoryIds.includes(row.id))}> ${account.login}/${row.name}</label>`,
    );
  return html`<label class="choice"><input type="radio" name="selection" value="all" ${checked(chosen.selection === "all")}> All repositories</label>
<label class="choice"><input type="radio" name="selection" value="selected" ${checked(chosen.selection === "selected")}> Only select repositories</label>
<div style="padding-left: 24px">${boxes}</div>`;
}

function administered(world: World, user: Account, login: string): Account {
  const account = findAccount(world.store, login);
  if (!account || !canAdminister(world.store, user, account.id)) {
    throw new RestError(404, "You do not administer such an account");
  }
  return account;
}

export type Form = Awaited<ReturnType<typeof readForm>>;

/** What was chosen, among the account's own repositories; 422 for none of them. */
export function readSelection(world: World, account: Account, form: Form) {
  if (form.get("selection") === "all") return { selection: "all" as const, repositoryIds: [] };
  const wanted = form.all("repository").map(Number);
  const repositoryIds = world.store.repositories
    .filter((row) => row.ownerId === account.id && wanted.includes(row.id))
    .map((row) => row.id);
  if (repositoryIds.length === 0) throw new RestError(422, "Select at least one repository");
  return { selection: "selected" as const, repositoryIds };
}

async function installed(world: World, c: Context): Promise<Response> {
  const form = await readForm(c);
  const user = demandUser(world, c);
  const account = administered(world, user, form.get("account"));
  const installation = install(world, account, readSelection(world, account, form), user.id);
  const url = new URL(world.options.app.setupUrl);
  url.searchParams.set("installation_id", String(installation.id));
  url.searchParams.set("setup_action", "install");
  if (form.get("state") !== "") url.searchParams.set("state", form.get("state"));
  return c.redirect(url.href, 302);
}
