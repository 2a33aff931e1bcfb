import type { ICruiseResult } from "dependency-cruiser";
import type { Violation } from "./cruise.ts";

type Edges = ReadonlyMap<string, readonly string[]>;

const rulesOfCore = /^packages\/core\/src\/[^/]+\/(rules|status)\.ts$/;

/** What code that runs anywhere, in a browser too, may come to: core itself, pixels, and libraries that compute. */
const pureLibrary = /(^|node_modules\/)(zod|picomatch|yaml|@noble\/hashes)(\/|$)/;
const impurePackage = /^packages\/(db|queue|github|aws|runner|logs|secrets|serverless-plugin|testing)\//;
const impureLibrary =
  /(^|node_modules\/)(pg|ioredis|bullmq|pino|execa|server-only|hono|@hono\/[^/]+|@octokit\/[^/]+|@aws-sdk\/[^/]+|@prisma\/[^/]+)(\/|$)/;
const builtin = /^node:|^(fs|net|http|https|child_process|crypto|os|path|stream|process|worker_threads)(\/|$)/;

const needsAServer =
  /^packages\/(db|testing)\/|^(node:)?(child_process|http|https|http2|net|tls|dgram|cluster)$|(^|node_modules\/)(pg|ioredis|bullmq|execa|@hono\/node-server|@playwright\/[^/]+|@aws-sdk\/[^/]+|@prisma\/[^/]+)(\/|$)/;

/** Imports that remain when types are erased, by file. */
export function runtimeImports(result: ICruiseResult): Edges {
  return new Map(
    result.modules.map((module) => [
      module.source,
      module.dependencies.filter((each) => !each.dependencyTypes.includes("type-only")).map((each) => each.resolved),
    ]),
  );
}

/** Rules reach, through whatever they import, neither the database nor a clock nor I/O: they run in browsers, too. */
export function impureRules(edges: Edges): Violation[] {
  return [...edges.keys()]
    .filter((file) => rulesOfCore.test(file))
    .flatMap((file) => {
      const path = pathTo(edges, file, isImpureForRules, () => false);
      return path === null ? [] : [{ rule: "rules-are-pure", file, why: `reaches ${path.join(" → ")}` }];
    });
}

/** A client leaf reaches I/O only through a server action. */
export function impureLeaves(
  edges: Edges,
  isLeaf: (file: string) => boolean,
  isAction: (file: string) => boolean,
): Violation[] {
  return [...edges.keys()].filter(isLeaf).flatMap((file) => {
    const path = pathTo(edges, file, isImpure, isAction);
    return path === null ? [] : [{ rule: "client-leaves-have-no-io", file, why: `reaches ${path.join(" → ")}` }];
  });
}

function isImpure(target: string): boolean {
  return impurePackage.test(target) || impureLibrary.test(target) || builtin.test(target);
}

function isImpureForRules(target: string): boolean {
  return !target.startsWith("packages/core/") && !pureLibrary.test(target);
}

/** Whether a file needs nothing but the processor: no process, socket, database or Redis, through whatever it imports. */
export function runsAlone(edges: Edges, file: string): boolean {
  return (
    pathTo(
      edges,
      file,
      (target) => needsAServer.test(target),
      () => false,
    ) === null
  );
}

/** The shortest way from a file to the first target that is forbidden, without the file itself; null when there is none. */
function pathTo(
  edges: Edges,
  from: string,
  isForbidden: (target: string) => boolean,
  isDoor: (file: string) => boolean,
): string[] | null {
  const seen = new Set([from]);
  let ways: string[][] = [[from]];
  while (ways.length > 0) {
    const longer = ways.flatMap((way) => next(edges, way, isDoor, seen));
    const found = longer.find((way) => isForbidden(way.at(-1) ?? ""));
    if (found !== undefined) return found.slice(1);
    ways = longer;
  }
  return null;
}

function next(edges: Edges, way: string[], isDoor: (file: string) => boolean, seen: Set<string>): string[][] {
  const targets = (edges.get(way.at(-1) ?? "") ?? []).filter((target) => !seen.has(target) && !isDoor(target));
  for (const target of targets) seen.add(target);
  return targets.map((target) => [...way, target]);
}
