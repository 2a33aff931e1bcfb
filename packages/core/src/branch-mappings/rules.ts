import picomatch from "picomatch";
import { stageOfBranch } from "./stage-of-branch.ts";

/** One row of the form: a branch or glob, and the stage it deploys to. */
export type BranchDeploy = { branch: string; stage: string };

/** The stage of a row that gives every branch a stage of its own. */
export const ownStage = `\${branch}`;

export type BranchMatch<Row extends BranchDeploy> = { row: Row; place: number; stage: string };

/** The first row that matches wins; null when none does. */
export function matchBranch<Row extends BranchDeploy>(rows: readonly Row[], branch: string): BranchMatch<Row> | null {
  const place = rows.findIndex((row) => matchesBranch(row.branch, branch));
  const row = rows[place];
  if (row === undefined) return null;
  return { row, place, stage: row.stage === ownStage ? stageOfBranch(branch, fixedStages(rows)) : row.stage };
}

/**
 * A name matches itself whatever is in it; otherwise the pattern is a glob in which "*" stops at "/" and "**" does not,
 * as in GitHub's own branch filters. It is anchored at both ends.
 */
export function matchesBranch(pattern: string, branch: string): boolean {
  if (pattern === branch) return true;
  return picomatch.isMatch(branch, pattern, { dot: true, nonegate: true, noext: true, strictSlashes: true });
}

type AwaitingService = { enabledAt: Date | null; branchDeploys: readonly BranchDeploy[] };

/** Whether one of the services deploys the branch, and did so already at that time. */
export function awaitsBranch(services: readonly AwaitingService[], branch: string, since: Date | null): boolean {
  return services.some(({ enabledAt, branchDeploys }) => {
    const isEnabled = since !== null && enabledAt !== null && enabledAt <= since;
    return isEnabled && matchBranch(branchDeploys, branch) !== null;
  });
}

/** Whether a row's branch stands for many; picomatch's own scan overlooks "**" and "?" once extglobs are off. */
export function isGlob(pattern: string): boolean {
  return /[*?]|\[.+\]|\{.+\}/.test(pattern);
}

/** Stages that a row names outright, which no branch's own stage may take. */
export function fixedStages(rows: readonly BranchDeploy[]): string[] {
  return rows.map((row) => row.stage).filter((stage) => stage !== ownStage);
}

export type TriggerSettings = {
  /** Relative to the repository's root; "" is the root. */
  baseDirectory: string;
  /** In addition to the base directory. */
  triggerDirectories: readonly string[];
  alwaysDeploy: boolean;
};

/** What changed since the last successful deployment of a service to a stage. */
export type Changes =
  | { kind: "files"; files: readonly string[]; sinceNumber: number }
  | { kind: "everything"; because: string };

export type Verdict = { deploys: boolean; because: string };

/** Whether a change reaches a service, and why (not), in a sentence without a full stop. */
export function reaches(settings: TriggerSettings, changes: Changes): Verdict {
  if (settings.alwaysDeploy) return { deploys: true, because: "it deploys on every push" };
  if (changes.kind === "everything") return { deploys: true, because: changes.because };
  const directories = directoriesOf(settings);
  const touched = changes.files.filter((file) => directories.some((directory) => isBeneath(file, directory)));
  const since = `since #${changes.sinceNumber}`;
  const [first] = touched;
  if (first === undefined) return { deploys: false, because: `no file in its trigger directories changed ${since}` };
  const others = touched.length === 1 ? "" : ` and ${touched.length - 1} more`;
  return { deploys: true, because: `\`${first}\`${others} changed ${since}` };
}

function directoriesOf(settings: TriggerSettings): string[] {
  return [...new Set([settings.baseDirectory, ...settings.triggerDirectories])];
}

function isBeneath(file: string, directory: string): boolean {
  return directory === "" || file.startsWith(`${directory}/`);
}

export type ProfileFacts = { accountId: string | null; region: string };

/** The sentence under a row of the form; code stands in backticks. */
export function sentenceOf(row: BranchDeploy, settings: TriggerSettings, profile: ProfileFacts | null): string {
  const stage = row.stage === ownStage ? "<branch>" : row.stage;
  const where =
    profile === null
      ? "no deploy profile yet"
      : `${profile.accountId ?? "an account not yet known"}, ${profile.region}`;
  return `A merge into \`${row.branch}\`${scopeOf(settings)} runs \`serverless deploy --stage ${stage}\` in ${where}.`;
}

function scopeOf(settings: TriggerSettings): string {
  const directories = directoriesOf(settings);
  if (settings.alwaysDeploy || directories.includes("")) return "";
  return ` that changes ${directories.map((directory) => `\`${directory}/**\``).join(" or ")}`;
}
