import { linesPerBuild } from "../services.ts";
import { type Judgement, judgementOf } from "./judgement.ts";

/** P6: of each build that printed, the log has every line once and in order, up to where it ends. */
export function judgeLines(logs: ReadonlyMap<string, string>, succeeded: ReadonlySet<string>): Judgement {
  return judgementOf(
    [...logs].flatMap(([id, log]) => faultsIn(log, succeeded.has(id)).map((why) => `log of ${id}: ${why}`)),
  );
}

function faultsIn(log: string, isComplete: boolean): string[] {
  const lines = [...log.matchAll(/^line ([0-9a-f]{12}) (\d+)$/gm)];
  const builds = [...Map.groupBy(lines, ([, mark]) => mark).values()];
  const faults = builds.flatMap((build) => {
    const at = build.findIndex(([, , number], index) => Number(number) !== index + 1);
    return at < 0 ? [] : [`line ${build[at]?.[2]} stands where ${at + 1} is due`];
  });
  const last = builds.at(-1)?.length ?? 0;
  return isComplete && last < linesPerBuild
    ? [...faults, `it succeeded, and has ${last} lines of ${linesPerBuild}`]
    : faults;
}
