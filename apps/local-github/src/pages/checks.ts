import { html } from "hono/html";
import { checkRunsOf } from "../rest/check-runs.ts";
import { statusesOf } from "../rest/statuses.ts";
import type { CheckRun, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import type { Markup } from "./layout.ts";

/** Shape, word and colour of a check's state. */
function markOf(run: Pick<CheckRun, "status" | "conclusion">): { sign: string; word: string; tone: string } {
  if (run.status === "queued") return { sign: "○", word: "queued", tone: "wait" };
  if (run.status === "in_progress") return { sign: "◐", word: "in progress", tone: "wait" };
  const word = (run.conclusion ?? "").replaceAll("_", " ");
  if (run.conclusion === "success") return { sign: "✓", word, tone: "good" };
  if (["neutral", "skipped", "cancelled", "stale"].includes(run.conclusion ?? ""))
    return { sign: "–", word, tone: "soft" };
  return { sign: "✗", word, tone: "bad" };
}

function httpOnly(url: string | null): string | null {
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}

interface Check {
  id: string;
  name: string;
  status: CheckRun["status"];
  conclusion: string | null;
  summary: string | null;
  url: string | null;
}

/** Check runs and statuses of a commit, the latest of each name. */
function checksOf(world: World, repository: Repository, sha: string): Check[] {
  const runs = checkRunsOf(world, repository, sha).map((run) => ({
    id: `check-run-${run.id}`,
    name: run.name,
    status: run.status,
    conclusion: run.conclusion,
    summary: [run.title, run.summary].filter((text) => text !== null).join("\n"),
    url: httpOnly(run.detailsUrl),
  }));
  const statuses = statusesOf(world, repository, sha);
  const latest = statuses.filter((row, at) => statuses.findIndex((other) => other.context === row.context) === at);
  return [
    ...runs,
    ...latest.map((row) => ({
      id: `status-${row.id}`,
      name: row.context,
      status: row.state === "pending" ? ("in_progress" as const) : ("completed" as const),
      conclusion: row.state === "pending" ? null : row.state === "success" ? "success" : "failure",
      summary: row.description,
      url: httpOnly(row.targetUrl),
    })),
  ];
}

/** The marks of a commit in one line; each links to where its check says more. */
export function checkMarks(world: World, repository: Repository, sha: string): Markup[] {
  return checksOf(world, repository, sha).map((check) => {
    const { sign, word, tone } = markOf(check);
    const title = `${check.name}: ${word}`;
    if (!check.url) return html`<span class="mark ${tone}" title="${title}">${sign}</span>`;
    return html`<a class="mark ${tone}" href="${check.url}" title="${title}" aria-label="${title}">${sign}</a>`;
  });
}

/** All checks of a commit with what they say. */
export function checkList(world: World, repository: Repository, sha: string): Markup {
  const rows = checksOf(world, repository, sha).map((check) => {
    const { sign, word, tone } = markOf(check);
    return html`<li id="${check.id}"><span class="mark ${tone}">${sign} ${word}</span><span class="grow"><strong>${check.name}</strong>
<span class="soft small" style="white-space: pre-line">${check.summary ?? ""}</span></span>${check.url ? html`<a href="${check.url}">Details</a>` : ""}</li>`;
  });
  return rows.length === 0 ? html`<p class="soft">No checks.</p>` : html`<ul class="rows">${rows}</ul>`;
}
