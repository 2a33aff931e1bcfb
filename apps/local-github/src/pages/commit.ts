import type { Hono } from "hono";
import { html } from "hono/html";
import { readCommit } from "../git/commits.ts";
import { changedFiles, EMPTY_TREE } from "../git/compare.ts";
import { resolveCommit } from "../git/refs.ts";
import { notFound } from "../rest/errors.ts";
import type { World } from "../world.ts";
import { checkList } from "./checks.ts";
import { diffOf } from "./diff.ts";
import { repositoryPageOf } from "./frame.ts";
import { ago, layout, type Markup, subjectOf } from "./layout.ts";

/** `/{owner}/{repo}/commit/{sha}`: what changed and what its checks say. */
export function commitPages(app: Hono, world: World): void {
  app.get("/:owner/:repo/commit/:sha", async (c) => {
    const page = repositoryPageOf(world, c);
    const sha = await resolveCommit(page.dir, c.req.param("sha"));
    if (sha === null) throw notFound();
    const commit = await readCommit(page.dir, sha);
    const files = await changedFiles(page.dir, commit.parents[0] ?? EMPTY_TREE, sha);
    const rest = commit.message.split("\n").slice(1).join("\n").trim();
    const body = html`<p><a href="${page.path}">${page.path.slice(1)}</a></p>
<h1>${subjectOf(commit.message)}</h1>
<p class="soft">${commit.author.name} · ${ago(commit.committer.date)} · <code>${sha}</code></p>
${rest === "" ? "" : html`<pre>${rest}</pre>`}
<h2>Checks</h2>${checkList(world, page.repository, sha)}
${deployments(world, page.repository.id, sha)}
${diffOf(files)}`;
    return c.html(layout({ title: subjectOf(commit.message), user: page.user, body, live: true }));
  });
}

function deployments(world: World, repositoryId: number, sha: string): Markup | "" {
  const rows = world.store.deployments.filter((row) => row.repositoryId === repositoryId && row.sha === sha);
  if (rows.length === 0) return "";
  const items = rows.map((row) => {
    const last = world.store.deploymentStatuses.filter((status) => status.deploymentId === row.id).at(-1);
    return html`<li><span class="grow">${row.environment}</span><span class="soft">${last?.state ?? "pending"}</span></li>`;
  });
  return html`<h2>Deployments</h2><ul class="rows">${items}</ul>`;
}
