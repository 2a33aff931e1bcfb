import type { Hono } from "hono";
import { demand } from "../auth/access.ts";
import { resolveCommit } from "../git/refs.ts";
import { findEntry, objectType, readBlob, readTree, type TreeEntry } from "../git/trees.ts";
import { repositoryUrl } from "../shapes/repositories.ts";
import { type Json, nodeId } from "../shapes/users.ts";
import type { Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { notFound } from "./errors.ts";
import { type RestEnv, repositoryOf } from "./request.ts";

const LISTED_ENTRIES = 100_000;

/** git's trees and blobs. */
export function treeRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/repos/:owner/:repo/git/trees/:ref{.+}", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "contents", "read");
    const name = c.req.param("ref");
    const commit = await resolveCommit(dir, name);
    const sha = commit ? (await findEntry(dir, commit, ""))?.sha : treeSha(name);
    const entries = sha ? await readTree(dir, sha, c.req.query("recursive") !== undefined) : null;
    if (!sha || !entries) throw notFound();
    return c.json({
      sha,
      url: `${repositoryUrl(world, repository)}/git/trees/${sha}`,
      tree: entries.slice(0, LISTED_ENTRIES).map((entry) => entryShape(world, repository, entry)),
      truncated: entries.length > LISTED_ENTRIES,
    });
  });
  api.get("/repos/:owner/:repo/git/blobs/:sha", async (c) => {
    const { repository, dir } = repositoryOf(world, c);
    demand(world, c.var.principal, repository, "contents", "read");
    const sha = treeSha(c.req.param("sha"));
    if (!sha || (await objectType(dir, sha)) !== "blob") throw notFound();
    const content = await readBlob(dir, sha);
    if (c.req.header("accept")?.includes("raw")) return c.body(new Uint8Array(content));
    return c.json({
      sha,
      node_id: nodeId("Blob", sha),
      size: content.length,
      url: `${repositoryUrl(world, repository)}/git/blobs/${sha}`,
      content: inLines(content),
      encoding: "base64",
    });
  });
}

function treeSha(name: string): string | null {
  return /^[0-9a-f]{40}$/.test(name) ? name : null;
}

function entryShape(world: World, repository: Repository, entry: TreeEntry): Json {
  const url = repositoryUrl(world, repository);
  return {
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.size === null ? {} : { size: entry.size }),
    ...(entry.type === "commit" ? {} : { url: `${url}/git/${entry.type}s/${entry.sha}` }),
  };
}

/** Base64 in lines of 60 characters, each ended, as GitHub writes it. */
export function inLines(content: Buffer): string {
  return content.toString("base64").replace(/.{1,60}/g, "$&\n");
}
