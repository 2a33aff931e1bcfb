import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { readCommit } from "../git/commits.ts";
import { appShape } from "../shapes/app.ts";
import { checkRunShape, pullRequestReferences, suiteId } from "../shapes/checks.ts";
import { utc } from "../shapes/commits.ts";
import { repositoryShape, repositoryUrl } from "../shapes/repositories.ts";
import { nodeId } from "../shapes/users.ts";
import type { CheckRun, Repository } from "../store/records.ts";
import { emitForRepository } from "../webhooks/emit.ts";
import { now, type World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { commitOf, pageOf, type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";

const CONCLUSIONS = ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"];
const TEXT_LIMIT = 65_535;

const Annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});

const CheckRunChange = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().max(TEXT_LIMIT),
      text: z.string().max(TEXT_LIMIT).optional(),
      annotations: z.array(Annotation).max(50).optional(),
    })
    .optional(),
});
const NewCheckRun = CheckRunChange.extend({ name: z.string(), head_sha: z.string() });

type Change = z.infer<typeof CheckRunChange>;

/** Check runs, which only the App writes. */
export function checkRunRoutes(api: Hono<RestEnv>, world: World): void {
  const one = "/repos/:owner/:repo/check-runs/:id{[0-9]+}";
  api.post("/repos/:owner/:repo/check-runs", (c) => createRun(world, c));
  api.patch(one, (c) => changeRun(world, c));
  api.get(one, (c) => {
    const { repository, run } = runOf(world, c, "read");
    return c.json(checkRunShape(world, repository, run));
  });
  api.get(`${one}/annotations`, (c) => {
    const { repository, run } = runOf(world, c, "read");
    const blob = `${repositoryUrl(world, repository)}/git/blobs/`;
    const blank = { start_column: null, end_column: null, title: null, raw_details: null, blob_href: blob };
    return c.json(pageOf(c, run.annotations).map((annotation) => ({ ...blank, ...annotation })));
  });
  api.post(`${one}/rerequest`, (c) => {
    const { repository, run } = runOf(world, c, "write");
    announceRun(
      world,
      repository,
      run,
      "rerequested",
      c.var.principal.kind === "user" ? c.var.principal.user.id : null,
    );
    return c.json({}, 201);
  });
}

/** Tells the App of a check run, as GitHub does for each change and for "Re-run". */
function announceRun(world: World, repository: Repository, run: CheckRun, action: string, senderId: number | null) {
  const payload = { check_run: checkRunShape(world, repository, run) };
  emitForRepository(world, repository, { event: "check_run", action, senderId, payload });
}

function runOf(world: World, c: RestContext, level: "read" | "write") {
  const { repository } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "checks", level);
  const run = world.store.checkRuns.get(Number(c.req.param("id")));
  if (!run || run.repositoryId !== repository.id) throw notFound();
  return { repository, run };
}

function demandInstallation(c: RestContext): void {
  if (c.var.principal.kind === "installation") return;
  throw new RestError(403, "You must authenticate via a GitHub App.");
}

async function createRun(world: World, c: RestContext): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demandInstallation(c);
  demand(world, c.var.principal, repository, "checks", "write");
  const wanted = await readBody(c, NewCheckRun, "CheckRun");
  const blank: Omit<CheckRun, "id"> = {
    repositoryId: repository.id,
    headSha: await commitOf(dir, wanted.head_sha),
    name: wanted.name,
    status: "queued",
    conclusion: null,
    detailsUrl: null,
    externalId: null,
    startedAt: now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  const run = world.store.checkRuns.insert({ ...blank, ...changed(blank, wanted) });
  announceRun(world, repository, run, run.status === "completed" ? "completed" : "created", null);
  return c.json(checkRunShape(world, repository, run), 201);
}

async function changeRun(world: World, c: RestContext): Promise<Response> {
  demandInstallation(c);
  const { repository, run } = runOf(world, c, "write");
  const wanted = await readBody(c, CheckRunChange, "CheckRun");
  const next = world.store.checkRuns.update(run.id, changed(run, wanted));
  if (next.status === "completed" && run.status !== "completed") {
    announceRun(world, repository, next, "completed", null);
  }
  return c.json(checkRunShape(world, repository, next));
}

/** A conclusion completes the run; a completed run without one is refused. */
function changed(run: Omit<CheckRun, "id">, wanted: Change): Partial<CheckRun> {
  return {
    ...changedState(run, wanted),
    name: wanted.name ?? run.name,
    detailsUrl: wanted.details_url ?? run.detailsUrl,
    externalId: wanted.external_id ?? run.externalId,
    startedAt: wanted.started_at ? utc(wanted.started_at) : run.startedAt,
    ...changedOutput(run, wanted.output),
  };
}

function changedState(run: Omit<CheckRun, "id">, wanted: Change): Partial<CheckRun> {
  const status = wanted.conclusion !== undefined ? "completed" : (wanted.status ?? run.status);
  if (status !== "completed") return { status, conclusion: null, completedAt: null };
  const conclusion = wanted.conclusion ?? run.conclusion;
  if (conclusion === null) {
    throw new RestError(422, 'Invalid request.\n\nNo subschema in "anyOf" matched: "conclusion" wasn\'t supplied.');
  }
  const completedAt = wanted.completed_at ? utc(wanted.completed_at) : (run.completedAt ?? now());
  return { status, conclusion, completedAt };
}

function changedOutput(run: Omit<CheckRun, "id">, output: Change["output"]): Partial<CheckRun> {
  if (!output) return {};
  return {
    title: output.title ?? run.title,
    summary: output.summary,
    text: output.text ?? run.text,
    annotations: [...run.annotations, ...(output.annotations ?? [])],
  };
}

/** Check runs of a commit, newest first; of several with one name only the latest, unless all are asked for. */
export async function listCheckRuns(world: World, c: RestContext, ref: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "checks", "read");
  const runs = checkRunsOf(world, repository, await commitOf(dir, ref), c.req.query("filter") === "all");
  const wanted = runs.filter(
    (run) =>
      run.name === (c.req.query("check_name") ?? run.name) && run.status === (c.req.query("status") ?? run.status),
  );
  return c.json({
    total_count: wanted.length,
    check_runs: pageOf(c, wanted).map((run) => checkRunShape(world, repository, run)),
  });
}

export function checkRunsOf(world: World, repository: Repository, sha: string, all = false): CheckRun[] {
  const runs = world.store.checkRuns
    .filter((run) => run.repositoryId === repository.id && run.headSha === sha)
    .reverse();
  return all ? runs : runs.filter((run, index) => runs.findIndex((other) => other.name === run.name) === index);
}

/** All runs of a commit stand in one suite, as there is one App. */
export async function listCheckSuites(world: World, c: RestContext, ref: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "checks", "read");
  const sha = await commitOf(dir, ref);
  const runs = checkRunsOf(world, repository, sha);
  const first = runs.at(-1);
  if (!first) return c.json({ total_count: 0, check_suites: [] });
  const commit = await readCommit(dir, sha);
  const id = suiteId(world, first);
  const open = runs.find((run) => run.status !== "completed");
  const bad = runs.find((run) => !["success", "neutral", "skipped"].includes(run.conclusion ?? ""));
  const url = `${repositoryUrl(world, repository)}/check-suites/${id}`;
  const suite = {
    id,
    node_id: nodeId("CheckSuite", id),
    head_branch: null,
    head_sha: sha,
    status: open ? open.status : "completed",
    conclusion: open ? null : (bad?.conclusion ?? "success"),
    url,
    before: commit.parents[0] ?? null,
    after: sha,
    pull_requests: pullRequestReferences(world, repository, sha),
    app: appShape(world),
    repository: repositoryShape(world, repository),
    created_at: first.startedAt,
    updated_at: runs[0]?.completedAt ?? runs[0]?.startedAt ?? null,
    head_commit: {
      id: sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: utc(commit.committer.date),
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
  return c.json({ total_count: 1, check_suites: [suite] });
}
