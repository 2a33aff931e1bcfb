import type { Hono } from "hono";
import { html } from "hono/html";
import { readCommits } from "../git/commits.ts";
import { changedFiles } from "../git/compare.ts";
import { listRefs, mergeBase, resolveCommit } from "../git/refs.ts";
import { openPull } from "../pulls/open.ts";
import { notFound } from "../rest/errors.ts";
import type { World } from "../world.ts";
import { commitRows, diffOf } from "./diff.ts";
import { type RepositoryPage, repositoryPageOf, writableRepository } from "./frame.ts";
import { layout, type Markup, subjectOf } from "./layout.ts";
import { readForm } from "./session.ts";

/** `/{owner}/{repo}/compare/{base}...{head}`: what a pull request would bring, and opening it. */
export function comparePages(app: Hono, world: World): void {
  app.get("/:owner/:repo/compare", async (c) => {
    const page = repositoryPageOf(world, c);
    const branches = (await listRefs(page.dir, ["refs/heads/"])).map((ref) => ref.ref.slice("refs/heads/".length));
    const base = c.req.query("base") ?? page.repository.defaultBranch;
    const head = c.req.query("head") ?? branches.find((name) => name !== base) ?? base;
    const body = html`${chooser(page, branches, base, head)}${base === head ? html`<p class="soft">Choose two branches.</p>` : await comparison(world, page, base, head)}`;
    return c.html(layout({ title: "New pull request", user: page.user, body }));
  });
  app.get("/:owner/:repo/compare/:basehead{.+}", async (c) => {
    const page = repositoryPageOf(world, c);
    const [base, head] = c.req.param("basehead").split("...");
    if (!base || !head) throw notFound();
    const body = html`<h1><code>${base}</code> … <code>${head}</code></h1>${await comparison(world, page, base, head)}`;
    return c.html(layout({ title: `${base} … ${head}`, user: page.user, body }));
  });
  app.post("/:owner/:repo/compare", async (c) => {
    const form = await readForm(c);
    const page = writableRepository(world, c);
    const pull = await openPull(world, page.repository, {
      title: form.get("title").trim() || form.get("head"),
      body: form.get("body") || null,
      head: form.get("head"),
      base: form.get("base"),
      authorId: page.user.id,
    });
    return c.redirect(`${page.path}/pull/${pull.number}`, 303);
  });
}

function chooser(page: RepositoryPage, branches: string[], base: string, head: string): Markup {
  const options = (chosen: string) =>
    branches.map((name) => html`<option ${name === chosen ? "selected" : ""}>${name}</option>`);
  return html`<p><a href="${page.path}">${page.path.slice(1)}</a></p><h1>New pull request</h1>
<form class="row" method="get" action="${page.path}/compare">
<div><label for="base">Into</label><select id="base" name="base">${options(base)}</select></div>
<div><label for="head">From</label><select id="head" name="head">${options(head)}</select></div><button>Compare</button></form>`;
}

async function comparison(world: World, page: RepositoryPage, base: string, head: string): Promise<Markup> {
  const [from, to] = [await resolveCommit(page.dir, base.replace(/\^$/, "")), await resolveCommit(page.dir, head)];
  if (!from || !to) throw notFound();
  const commits = await readCommits(page.dir, [to, `^${from}`], ["--max-count=100"]);
  const start = await mergeBase(page.dir, from, to);
  if (commits.length === 0 || start === null) return html`<p class="soft">There is nothing to compare.</p>`;
  const isBranch = (await listRefs(page.dir, [`refs/heads/${base}`, `refs/heads/${head}`])).length === 2;
  return html`${isBranch && page.access !== "read" ? opening(page, base, head, subjectOf(commits[0]?.message ?? "")) : ""}
<h2>${commits.length} ${commits.length === 1 ? "commit" : "commits"}</h2>${commitRows(world, page.repository, page.path, commits)}
${diffOf(await changedFiles(page.dir, start, to))}`;
}

function opening(page: RepositoryPage, base: string, head: string, title: string): Markup {
  return html`<form class="card" method="post" action="${page.path}/compare">
<input type="hidden" name="base" value="${base}"><input type="hidden" name="head" value="${head}">
<label for="title">Title</label><input type="text" id="title" name="title" value="${title}" required>
<label for="body">Description</label><textarea id="body" name="body" style="min-height: 80px"></textarea>
<p></p><button class="main">Create pull request</button></form>`;
}
