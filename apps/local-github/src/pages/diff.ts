import { html } from "hono/html";
import type { Commit } from "../git/commits.ts";
import type { ChangedFile } from "../git/compare.ts";
import type { Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { checkMarks } from "./checks.ts";
import { ago, type Markup, subjectOf } from "./layout.ts";

const SHOWN_FILES = 100;

/** The changed files with their patches. */
export function diffOf(files: ChangedFile[]): Markup {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<h2>${files.length} changed ${files.length === 1 ? "file" : "files"}
<span class="good">+${additions}</span> <span class="bad">−${deletions}</span></h2>
${files.slice(0, SHOWN_FILES).map(fileDiff)}
${files.length > SHOWN_FILES ? html`<p class="soft">The first ${SHOWN_FILES} are shown.</p>` : ""}`;
}

function fileDiff(file: ChangedFile): Markup {
  const lines = (file.patch ?? "").split("\n").map((line) => {
    const tone = line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : line.startsWith("@") ? "hunk" : "";
    return html`<span class="${tone}">${line}
</span>`;
  });
  const from = file.previousPath === null ? "" : html` <span class="soft">from ${file.previousPath}</span>`;
  return html`<p><code>${file.path}</code> <span class="soft small">${file.status}</span>${from}</p>
${file.patch === null ? "" : html`<pre>${lines}</pre>`}`;
}

/** Commits in a list, with their checks. */
export function commitRows(world: World, repository: Repository, path: string, commits: Commit[]): Markup {
  const rows = commits.map(
    (commit) => html`<li><a class="grow" href="${path}/commit/${commit.sha}">${subjectOf(commit.message)}</a>
${checkMarks(world, repository, commit.sha)}<span class="soft small">${commit.author.name}</span>${ago(commit.committer.date)}
<code>${commit.sha.slice(0, 7)}</code></li>`,
  );
  return html`<ul class="rows">${rows}</ul>`;
}
