import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { listRefs, resolveCommit } from "../git/refs.ts";
import { findEntry, readBlob, readTree } from "../git/trees.ts";
import { commitFile } from "../repositories/commit-file.ts";
import { notFound } from "../rest/errors.ts";
import type { World } from "../world.ts";
import { type RepositoryPage, repositoryPageOf, writableRepository } from "./frame.ts";
import { inUrl, layout, type Markup } from "./layout.ts";
import { readForm } from "./session.ts";

const SHOWN_BYTES = 512 * 1024;

/** Files of a branch, and a form that commits a change to one, for a person without git. */
export function filePages(app: Hono, world: World): void {
  app.get("/:owner/:repo/tree/:ref", (c) => showTree(world, c));
  app.get("/:owner/:repo/tree/:ref/:path{.+}", (c) => showTree(world, c));
  app.get("/:owner/:repo/blob/:ref/:path{.+}", (c) => showFile(world, c));
  app.get("/:owner/:repo/raw/:ref/:path{.+}", async (c) => {
    const { content } = await fileOf(world, c);
    return c.body(new Uint8Array(content), 200, {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
  });
  app.get("/:owner/:repo/edit/:ref/:path{.+}", (c) => editForm(world, c));
  app.get("/:owner/:repo/new/:ref", (c) => newForm(world, c));
  app.post("/:owner/:repo/edit/:ref", (c) => save(world, c));
}

async function fileOf(world: World, c: Context) {
  const page = repositoryPageOf(world, c);
  const ref = c.req.param("ref") ?? "";
  const path = c.req.param("path") ?? "";
  const commit = await resolveCommit(page.dir, ref);
  const entry = commit ? await findEntry(page.dir, commit, path) : null;
  if (entry?.type !== "blob") throw notFound();
  return { page, ref, path, sha: entry.sha, content: await readBlob(page.dir, entry.sha) };
}

function crumbs(page: RepositoryPage, ref: string, path: string): Markup {
  const parts = path.split("/").filter((part) => part !== "");
  const links = parts.map((part, at) => {
    const here = parts
      .slice(0, at + 1)
      .map(inUrl)
      .join("/");
    return at === parts.length - 1
      ? html` / ${part}`
      : html` / <a href="${page.path}/tree/${inUrl(ref)}/${here}">${part}</a>`;
  });
  return html`<p><a href="${page.path}?branch=${inUrl(ref)}">${page.path.slice(1)}</a>
<code>${ref}</code> <a href="${page.path}/tree/${inUrl(ref)}">files</a>${links}</p>`;
}

async function showTree(world: World, c: Context): Promise<Response> {
  const page = repositoryPageOf(world, c);
  const ref = c.req.param("ref") ?? "";
  const path = (c.req.param("path") ?? "").replace(/\/+$/, "");
  const commit = await resolveCommit(page.dir, ref);
  const entry = commit ? await findEntry(page.dir, commit, path) : null;
  const entries = entry?.type === "tree" ? await readTree(page.dir, entry.sha, false) : null;
  if (!entries) throw notFound();
  const prefix = path === "" ? "" : `${path.split("/").map(inUrl).join("/")}/`;
  const rows = [...entries.filter((one) => one.type === "tree"), ...entries.filter((one) => one.type !== "tree")].map(
    (one) =>
      html`<li><a class="grow" href="${page.path}/${one.type === "tree" ? "tree" : "blob"}/${inUrl(ref)}/${prefix}${inUrl(one.path)}">${one.path}${one.type === "tree" ? "/" : ""}</a></li>`,
  );
  const body = html`${crumbs(page, ref, path)}<ul class="rows">${rows}</ul>
${page.access === "read" ? "" : html`<p></p><a class="button" href="${page.path}/new/${inUrl(ref)}">New file</a>`}`;
  return c.html(layout({ title: path || ref, user: page.user, body }));
}

async function showFile(world: World, c: Context): Promise<Response> {
  const { page, ref, path, content } = await fileOf(world, c);
  const encoded = path.split("/").map(inUrl).join("/");
  const text = content.subarray(0, SHOWN_BYTES).toString("utf8");
  const body = html`${crumbs(page, ref, path)}<div class="row">
${page.access === "read" ? "" : html`<a class="button" href="${page.path}/edit/${inUrl(ref)}/${encoded}">Edit file</a>`}
<a class="button" href="${page.path}/raw/${inUrl(ref)}/${encoded}">Raw</a></div><p></p>
${text.includes("\0") ? html`<p class="soft">This file is not text.</p>` : html`<pre>${text}</pre>`}`;
  return c.html(layout({ title: path, user: page.user, body }));
}

async function editForm(world: World, c: Context): Promise<Response> {
  const { page, ref, path, sha, content } = await fileOf(world, c);
  const body = html`${crumbs(page, ref, path)}<h1>Edit file</h1>${form(page, ref, { path, sha, text: content.toString("utf8") })}`;
  return c.html(layout({ title: `Edit ${path}`, user: page.user, body }));
}

function newForm(world: World, c: Context) {
  const page = repositoryPageOf(world, c);
  const ref = c.req.param("ref") ?? "";
  const body = html`${crumbs(page, ref, "")}<h1>New file</h1>${form(page, ref, { path: "", sha: "", text: "" })}`;
  return c.html(layout({ title: "New file", user: page.user, body }));
}

interface Draft {
  path: string;
  /** The blob that is edited; empty for a new file. */
  sha: string;
  text: string;
}

function form(page: RepositoryPage, ref: string, draft: Draft): Markup {
  const fixed = draft.sha === "" ? "" : "readonly";
  return html`<form method="post" action="${page.path}/edit/${inUrl(ref)}"><input type="hidden" name="sha" value="${draft.sha}">
<label for="path">Path</label><input type="text" id="path" name="path" value="${draft.path}" ${fixed} required>
<label for="text">Content</label><textarea id="text" name="text" spellcheck="false">
${draft.text}</textarea>
<label for="message">Commit message</label><input type="text" id="message" name="message" placeholder="Update ${draft.path}">
<label for="branch">Commit to branch</label><input type="text" id="branch" name="branch" value="${ref}" required>
<p class="soft small">A branch that does not exist yet is started at the default branch; a pull request can follow.</p>
<button class="main">Commit changes</button></form>`;
}

async function save(world: World, c: Context): Promise<Response> {
  const input = await readForm(c);
  const page = writableRepository(world, c);
  const branch = input.get("branch").trim();
  const path = input.get("path").trim();
  const text = input.get("text").replaceAll("\r\n", "\n");
  const isNew = input.get("sha") === "";
  await commitFile(world, page.repository, {
    branch,
    path,
    content: Buffer.from(text),
    message: input.get("message").trim() || `${isNew ? "Create" : "Update"} ${path}`,
    actorId: page.user.id,
    expectedBlob: isNew ? null : input.get("sha"),
  });
  const branches = await listRefs(page.dir, [`refs/heads/${page.repository.defaultBranch}`]);
  const proposes = branch !== page.repository.defaultBranch && branches.length > 0;
  const next = proposes
    ? `/compare?base=${inUrl(page.repository.defaultBranch)}&head=${inUrl(branch)}`
    : `?branch=${inUrl(branch)}`;
  return c.redirect(page.path + next, 303);
}
