import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { readCommits } from "../git/commits.ts";
import { findRef, updateRef, ZERO_SHA } from "../git/refs.ts";
import { editPull } from "../pulls/edit.ts";
import { mergePull } from "../pulls/merge.ts";
import { pullFiles, pullNumbers } from "../pulls/numbers.ts";
import { notFound, RestError } from "../rest/errors.ts";
import type { PullRequest } from "../store/records.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import type { World } from "../world.ts";
import { checkList } from "./checks.ts";
import { commitRows, diffOf } from "./diff.ts";
import { type RepositoryPage, repositoryPageOf, writableRepository } from "./frame.ts";
import { ago, layout, type Markup } from "./layout.ts";
import { pullMark } from "./repository.ts";
import { readForm } from "./session.ts";

/** `/{owner}/{repo}/pull/{n}`: what it brings, its checks, and the button that merges it. */
export function pullPages(app: Hono, world: World): void {
  app.get("/:owner/:repo/pull/:number{[0-9]+}", async (c) => {
    const page = repositoryPageOf(world, c);
    const pull = pullOf(world, page, c);
    const commits = await readCommits(page.dir, [pull.headSha, `^${pull.baseSha}`], ["--max-count=100"]);
    const numbers = await pullNumbers(world, page.repository, pull);
    const hasBranch = (await findRef(page.dir, `refs/heads/${pull.headRef}`)) !== null;
    const author = world.store.accounts.get(pull.authorId)?.login ?? "ghost";
    const body = html`<p><a href="${page.path}">${page.path.slice(1)}</a></p>
<h1>${pull.title} <span class="soft">#${pull.number}</span></h1>
<p>${pullMark(pull)} <span class="soft">${author} wants to merge <code>${pull.headRef}</code> into <code>${pull.baseRef}</code> ·</span> ${ago(pull.createdAt)}</p>
${pull.body ? html`<p style="white-space: pre-line">${pull.body}</p>` : ""}
${pull.mergedAt === null ? actions(page, pull, numbers.mergeable) : mergedPart(page, pull, hasBranch)}
<h2>Checks</h2>${checkList(world, page.repository, pull.mergeCommitSha ?? pull.headSha)}
<h2>${commits.length} ${commits.length === 1 ? "commit" : "commits"}</h2>${commitRows(world, page.repository, page.path, commits)}
${diffOf(await pullFiles(world, page.repository, pull))}`;
    return c.html(layout({ title: `${pull.title} #${pull.number}`, user: page.user, body, live: true }));
  });
  app.post("/:owner/:repo/pull/:number{[0-9]+}", async (c) => {
    const form = await readForm(c);
    const page = writableRepository(world, c);
    const pull = pullOf(world, page, c);
    await act(world, page, pull, form.get("action"));
    return c.redirect(`${page.path}/pull/${pull.number}`, 303);
  });
}

function pullOf(world: World, page: RepositoryPage, c: Context): PullRequest {
  const number = Number(c.req.param("number"));
  const pull = world.store.pullRequests.find((row) => row.repositoryId === page.repository.id && row.number === number);
  if (!pull) throw notFound();
  return pull;
}

async function act(world: World, page: RepositoryPage, pull: PullRequest, action: string): Promise<void> {
  const actorId = page.user?.id ?? null;
  switch (action) {
    case "merge":
    case "squash":
      await mergePull(world, page.repository, pull, { actorId, method: action });
      return;
    case "close":
      await editPull(world, page.repository, pull, actorId, { state: "closed" });
      return;
    case "delete-branch":
      await deleteBranch(world, page, pull);
      return;
    case "reopen":
      await editPull(world, page.repository, pull, actorId, { state: "open" });
      return;
    default:
      throw new RestError(422, "There is no such action");
  }
}

async function deleteBranch(world: World, page: RepositoryPage, pull: PullRequest): Promise<void> {
  const ref = await findRef(page.dir, `refs/heads/${pull.headRef}`);
  if (!ref || pull.headRef === page.repository.defaultBranch) throw new RestError(422, "Reference does not exist");
  await changeRefs(world, page.repository, page.user?.id ?? null, () =>
    updateRef(page.dir, ref.ref, ZERO_SHA, ref.sha),
  );
}

function mergedPart(page: RepositoryPage, pull: PullRequest, hasBranch: boolean): Markup {
  const sha = pull.mergeCommitSha ?? "";
  return html`<form class="card" method="post" action="${page.path}/pull/${pull.number}">
<span class="merged mark">Merged</span> as <a href="${page.path}/commit/${sha}"><code>${sha.slice(0, 7)}</code></a>
${hasBranch && page.access !== "read" ? html`<button name="action" value="delete-branch">Delete branch</button>` : ""}</form>`;
}

function actions(page: RepositoryPage, pull: PullRequest, mergeable: boolean | null): Markup {
  if (page.access === "read") return html``;
  const button = (action: string, words: string, kind: string, off = false) =>
    html`<button class="${kind}" name="action" value="${action}" ${off ? "disabled" : ""}>${words}</button>`;
  const open = pull.state === "open";
  const conflict = open && mergeable === false;
  return html`<form class="card" method="post" action="${page.path}/pull/${pull.number}">
${conflict ? html`<p class="bad">This branch has conflicts with <code>${pull.baseRef}</code>. Resolve them with git, then push.</p>` : ""}
<div class="row">${
    open
      ? [
          button("merge", "Merge pull request", "main", conflict),
          button("squash", "Squash and merge", "", conflict),
          button("close", "Close pull request", ""),
        ]
      : button("reopen", "Reopen pull request", "")
  }</div></form>`;
}
