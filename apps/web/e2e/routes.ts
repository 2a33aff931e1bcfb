import { readdirSync } from "node:fs";
import { join } from "node:path";

export type Route = {
  kind: "page" | "route";
  /** As people type it, with its parameters in brackets: /[org]/deployments/[number]. */
  pattern: string;
  /** Names of the parameters, in order. */
  parameters: string[];
};

const appDirectory = join(import.meta.dirname, "../app");
const files = { "page.tsx": "page", "route.ts": "route" } as const;

/** Every address of the dashboard, read from the folders, so that a new one can't be forgotten. */
export function listRoutes(): Route[] {
  return readdirSync(appDirectory, { recursive: true, encoding: "utf8" })
    .flatMap(routeOf)
    .sort((a, b) => a.pattern.localeCompare(b.pattern));
}

/** The address with its parameters filled in. @throws Error for a parameter without a value */
export function addressOf({ pattern, parameters }: Route, values: Record<string, string>): string {
  return parameters.reduce((address, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${pattern} needs a value for ${name}`);
    return address.replace(new RegExp(`\\[(\\.\\.\\.)?${name}\\]`), encodeURIComponent(value));
  }, pattern);
}

/** The route of a file of the app folder; none for a file that is not one. */
export function routeOf(path: string): Route[] {
  const parts = path.split("/");
  const kind = files[(parts.pop() ?? "") as keyof typeof files];
  if (kind === undefined) return [];
  const segments = parts.filter((segment) => !/^\(.*\)$/.test(segment));
  const parameters = segments.flatMap((segment) => /^\[(?:\.\.\.)?(.+)\]$/.exec(segment)?.[1] ?? []);
  return [{ kind, pattern: `/${segments.join("/")}`, parameters }];
}
