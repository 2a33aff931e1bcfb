import type { ICruiseResult } from "dependency-cruiser";
import type { Violation } from "./cruise.ts";

/** A package is entered by its name and its exports, never by a relative path into its folder. */
export function deepImports(result: ICruiseResult): Violation[] {
  return result.modules.flatMap((module) =>
    module.dependencies
      .filter((each) => each.module.startsWith(".") && roomOf(each.resolved) !== roomOf(module.source))
      .filter((each) => isRoom(roomOf(each.resolved)))
      .map((each) => ({ rule: "enter-by-the-door", file: module.source, why: `imports ${each.module} by its path` })),
  );
}

/** `packages/core` of `packages/core/src/move.ts`. */
function roomOf(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

function isRoom(room: string): boolean {
  return /^(packages|apps)\//.test(room);
}
