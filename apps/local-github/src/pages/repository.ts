import type { Hono } from "hono";
import { html } from "hono/html";
import { readCommits } from "../git/commits.ts";
import { listRefs, type Ref } from "../git/refs.ts";
import { deleteRepository, editRepository } from "../repositories/edit.ts";
import { RestError } from "../rest/errors.ts";
import type { PullRequest } from "../store/records.ts";
import { fullName } from "../store/repositories.ts";
import type { World } from "../world.ts";
import { commitRows } from "./diff.ts";
import { type RepositoryPage, repositoryPageOf, writableRepository } from "./frame.ts";
import { ago, inUrl, layout, type Markup } from "./layout.ts";
import { readForm } from "./session.ts";

const SHOWN_COMMITS = 15;

/** `/{owner}/{repo}`: branches, latest commits with their checks, pull requests. */
export function repositoryPages(app: Hono, world: World): void {
  app.get("/:owner/:repo", async (c) => {
    const page = repositoryPageOf(world, c);
    const branches = await listRefs(page.dir, ["refs/heads/"]);
    const wanted = c.req.query("branch") ?? page.repository.defaultBranch;
    const branch = branches.find((ref) => nameOf(ref) === wanted);
    const body = html`<h1>${fullName(world.store, page.repository)}</h1>
<p class="soft">${page.repository.private ? "Private" : "Public"} · <code>git clone ${world.webUrl}${page.path}.git</code></p>
${branches.length === 0 ? html`<p class="card">This repository is empty. Push a branch to it.</p>` : branchPart(page, branches, wanted)}
${branch ? await commitPart(world, page, branch) : ""}
${pullPart(world, page)}
${page.access === "admin" ? settingsPart(page) : ""}`;
    return c.html(layout({ title: fullName(world.store, page.repository), user: page.user, body, live: true }));
  });
  app.post("/:owner/:repo/settings", async (c) => {
    const form = await readForm(c);
    const page = writableRepository(world, c);
    if (page.access !== "admin") throw new RestError(403, "You may not administer this repository");
    if (form.get("action") === "delete") {
      await deleteRepository(world, page.repository, page.user.id);
      return c.redirect("/", 303);
    }
    const name = form.get("name");
    if (!/^[\w.-]{1,100}$/.test(name)) throw new RestError(422, "A name has letters, digits, -, _ and . only");
    const renamed = await editRepository(world, page.repository, page.user.id, { name });
    return c.redirect(`/${fullName(world.store, renamed)}`, 303);
  });
}

function nameOf(ref: Ref): string {
  return ref.ref.slice("refs/heads/".length);
}

function branchPart(page: RepositoryPage, branches: Ref[], wanted: string): Markup {
  const options = branches.map(
    (ref) => html`<option ${nameOf(ref) === wanted ? "selected" : ""}>${nameOf(ref)}</option>`,
  );
  const writes = page.access === "write" || page.access === "admin";
  return html`<form class="row" method="get" action="${page.path}">
<div><label for="branch">Branch</label><select id="branch" name="branch">${options}</select></div><button>Show</button>
<a class="button" href="${page.path}/tree/${inUrl(wanted)}">Browse files</a>
${writes ? html`<a class="button" href="${page.path}/compare">New pull request</a>` : ""}</form>`;
}

async function commitPart(world: World, page: RepositoryPage, branch: Ref): Promise<Markup> {
  const commits = await readCommits(page.dir, [branch.sha], [`--max-count=${SHOWN_COMMITS}`]);
  return html`<h2>Latest commits on <code>${nameOf(branch)}</code></h2>${commitRows(world, page.repository, page.path, commits)}`;
}

function pullPart(world: World, page: RepositoryPage): Markup {
  const pulls = world.store.pullRequests.filter((pull) => pull.repositoryId === page.repository.id).reverse();
  const rows = pulls.slice(0, 30).map(
    (
      pull,
    ) => html`<li>${pullMark(pull)}<a class="grow" href="${page.path}/pull/${pull.number}">#${pull.number} ${pull.title}</a>
<span class="small"><code>${pull.headRef}</code> → <code>${pull.baseRef}</code></span>${ago(pull.updatedAt)}</li>`,
  );
  return html`<h2>Pull requests</h2>${rows.length === 0 ? html`<p class="soft">None yet.</p>` : html`<ul class="rows">${rows}</ul>`}`;
}

export function pullMark(pull: PullRequest): Markup {
  if (pull.mergedAt !== null) return html`<span class="mark merged">⇥ Merged</span>`;
  if (pull.state === "closed") return html`<span class="mark bad">✗ Closed</span>`;
  return html`<span class="mark good">○ Open</span>`;
}

function settingsPart(page: RepositoryPage): Markup {
  return html`<details><summary>Settings</summary><div class="card">
<form class="row" method="post" action="${page.path}/settings">
<div><label for="name">Name</label><input type="text" id="name" name="name" value="${page.repository.name}" required></div>
<button name="action" value="rename">Rename</button></form>
<form method="post" action="${page.path}/settings"><p class="soft">Deleting removes its branches, pull requests and checks for good.</p>
<button class="danger" name="action" value="delete">Delete this repository</button></form></div></details>`;
}
