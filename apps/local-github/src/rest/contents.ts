import type { Hono } from "hono";
import { z } from "zod";
import { demand } from "../auth/access.ts";
import { actorIdOf } from "../auth/actor.ts";
import { readCommit } from "../git/commits.ts";
import { resolveCommit } from "../git/refs.ts";
import { findEntry, readBlob, readTree, type TreeEntry } from "../git/trees.ts";
import { commitFile } from "../repositories/commit-file.ts";
import { commitShape } from "../shapes/commits.ts";
import { repositoryPage, repositoryUrl } from "../shapes/repositories.ts";
import type { Json } from "../shapes/users.ts";
import type { Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { type RestContext, type RestEnv, readBody, repositoryOf } from "./request.ts";
import { inLines } from "./trees.ts";

/** Files and directories of a commit, and writing one file. */
export function contentRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repos/:owner/:repo/contents", (c) => showContent(world, c, ""));
  api.get("/repos/:owner/:repo/contents/:path{.*}", (c) => showContent(world, c, c.req.param("path")));
  api.put("/repos/:owner/:repo/contents/:path{.+}", (c) => writeContent(world, c, c.req.param("path")));
}

async function showContent(world: World, c: RestContext, path: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "read");
  const ref = c.req.query("ref") ?? repository.defaultBranch;
  const commit = await resolveCommit(dir, ref);
  if (!commit) throw new RestError(404, `No commit found for the ref ${ref}`);
  const clean = path.replace(/^\/+|\/+$/g, "");
  const entry = await findEntry(dir, commit, clean);
  if (!entry) throw notFound();
  const raw = c.req.header("accept")?.includes("raw") ?? false;
  if (entry.type === "blob") {
    const content = await readBlob(dir, entry.sha);
    return raw ? c.body(new Uint8Array(content)) : c.json(fileShape(world, repository, entry, ref, content));
  }
  const entries = (await readTree(dir, entry.sha, false)) ?? [];
  const prefix = clean === "" ? "" : `${clean}/`;
  return c.json(entries.map((one) => entryShape(world, repository, { ...one, path: prefix + one.path }, ref)));
}

const KINDS = { blob: "file", tree: "dir", commit: "submodule" } as const;

function entryShape(world: World, repository: Repository, entry: TreeEntry, ref: string): Json {
  const url = repositoryUrl(world, repository);
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const self = `${url}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${url}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const view = entry.type === "tree" ? "tree" : "blob";
  const html = `${repositoryPage(world, repository)}/${view}/${encodeURIComponent(ref)}/${path}`;
  return {
    name: entry.path.split("/").at(-1),
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === "blob" ? html.replace("/blob/", "/raw/") : null,
    type: entry.mode === "120000" ? "symlink" : KINDS[entry.type],
    _links: { self, git, html },
  };
}

/** GitHub gives the content of a larger file in its raw form alone. */
const wholeBytes = 1_000_000;

function fileShape(world: World, repository: Repository, entry: TreeEntry, ref: string, content: Buffer): Json {
  const isWhole = content.length <= wholeBytes;
  return {
    ...entryShape(world, repository, entry, ref),
    content: isWhole ? inLines(content) : "",
    encoding: isWhole ? "base64" : "none",
  };
}

const Person = z.object({ name: z.string(), email: z.string() });
const FileWrite = z.object({
  message: z.string().min(1),
  content: z.base64(),
  branch: z.string().optional(),
  sha: z.string().optional(),
  author: Person.optional(),
});

async function writeContent(world: World, c: RestContext, path: string): Promise<Response> {
  const { repository, dir } = repositoryOf(world, c);
  demand(world, c.var.principal, repository, "contents", "write");
  const wanted = await readBody(c, FileWrite, "Contents");
  const written = await commitFile(world, repository, {
    branch: wanted.branch ?? repository.defaultBranch,
    path,
    content: Buffer.from(wanted.content, "base64"),
    message: wanted.message,
    actorId: actorIdOf(c.var.principal),
    expectedBlob: wanted.sha ?? null,
    author: wanted.author,
  });
  const entry = await findEntry(dir, written.commit, path);
  if (!entry) throw notFound();
  const commit = commitShape(world, repository, await readCommit(dir, written.commit));
  const body = {
    content: entryShape(world, repository, entry, written.branch),
    commit: { ...commit, ...(commit.commit as Json) },
  };
  return c.json(body, written.created ? 201 : 200);
}
