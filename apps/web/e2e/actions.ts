import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Route, routeOf } from "./routes.ts";

export type Action = {
  id: string;
  /** Its file and name: settings/members/actions.ts#invite. */
  name: string;
  /** A page that it may be posted to. */
  page: Route;
};

type Manifest = {
  node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
};

/** Every server action of an organization's pages, read from the build, so that a new one can't be forgotten. */
export function listActions(): Action[] {
  const file = join(import.meta.dirname, "../.next/server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  return Object.entries(node).flatMap(([id, { filename, exportedName, workers }]) => {
    if (!filename.includes("[org]")) return [];
    const [page] = Object.keys(workers)
      .filter((worker) => worker.includes("[org]"))
      .flatMap((worker) => routeOf(`${worker.slice("app/".length)}.tsx`));
    return page === undefined ? [] : [{ id, name: `${filename.split("[org]/")[1]}#${exportedName}`, page }];
  });
}

/**
 * What React sends for an action: its arguments as JSON, the form's fields beside it. The form is the last argument, the
 * state the one before, the organization the first; Next's ids tell in six bits of their first byte how many there are.
 */
export function bodyOf({ id }: Action, org: string, fields: Record<string, string>): FormData {
  const used = ((Number.parseInt(id.slice(0, 2), 16) >> 1) & 0b111111).toString(2);
  const between = Array(Math.max(0, used.lastIndexOf("1") - 2)).fill("another");
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(`1_${name}`, value);
  body.set("0", JSON.stringify([org, ...between, { status: "idle" }, "$K1"]));
  return body;
}
