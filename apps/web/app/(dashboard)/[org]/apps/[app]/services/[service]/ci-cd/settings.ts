import type { TriggerSettings } from "@branchline/core/branch-mappings/rules";
import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import type { RepositoryRow } from "@branchline/core/repositories/queries";
import type { ServiceView } from "@branchline/core/services/queries";

/** A row as it is typed; `key` keeps its inputs while rows move. */
export type Row = { key: string; branch: string; stage: string; deployProfileId: string };

export type Settings = {
  repositoryId: string;
  baseDirectory: string;
  branchDeploys: Row[];
  /** One to a line. */
  triggerDirectories: string;
  alwaysDeploy: boolean;
  everyCommit: boolean;
  runTests: boolean;
  checkoutSubmodules: boolean;
};

/** What the form offers to choose from. */
export type World = {
  slug: string;
  /** GitHub accounts that the App is installed on. */
  accounts: string[];
  repositories: RepositoryRow[];
  profiles: DeployProfileView[];
  stages: string[];
  /** The latest pushes, and what came of them for this service. */
  pushes: { sha: string; branch: string; because: string | null }[];
};

export type Change = (part: Partial<Settings>) => void;

let lastKey = 0;

export function newRow(row: Omit<Row, "key"> = { branch: "", stage: "", deployProfileId: "" }): Row {
  lastKey += 1;
  return { key: `row-${lastKey}`, ...row };
}

/** A new form begins with one row for the branch that the team merges into. */
export function initialSettings(service: ServiceView, repositories: RepositoryRow[]): Settings {
  const isUsable = repositories.some(({ repositoryId }) => repositoryId === service.repositoryId);
  const rows = service.branchDeploys.map(({ branch, stage, deployProfileId }, place) => ({
    key: `stored-${place}`,
    branch,
    stage,
    deployProfileId,
  }));
  const first = { key: "first", branch: service.defaultBranch ?? "", stage: "", deployProfileId: "" };
  return {
    repositoryId: isUsable ? (service.repositoryId ?? "") : "",
    baseDirectory: service.baseDirectory,
    branchDeploys: rows.length === 0 ? [first] : rows,
    triggerDirectories: service.triggerDirectories.join("\n"),
    alwaysDeploy: service.alwaysDeploy,
    everyCommit: service.everyCommit,
    runTests: service.runTests,
    checkoutSubmodules: service.checkoutSubmodules,
  };
}

export function directoryLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function triggerSettingsOf({ baseDirectory, triggerDirectories, alwaysDeploy }: Settings): TriggerSettings {
  return { baseDirectory, triggerDirectories: directoryLines(triggerDirectories), alwaysDeploy };
}

export function isRowComplete({ branch, stage, deployProfileId }: Row): boolean {
  return branch.trim() !== "" && stage.trim() !== "" && deployProfileId !== "";
}

/** How many of the four parts are complete, counted from the first; the next one is open too. */
export function completeParts(settings: Settings, world: World): number {
  if (world.repositories.length === 0) return 0;
  if (settings.repositoryId === "") return 1;
  const rows = settings.branchDeploys;
  return rows.length > 0 && rows.every(isRowComplete) ? 4 : 2;
}

/** What the action takes. */
export function inputOf(serviceId: string, settings: Settings) {
  return {
    serviceId,
    ...settings,
    branchDeploys: settings.branchDeploys.map(({ key: _, ...row }) => row),
    triggerDirectories: directoryLines(settings.triggerDirectories),
  };
}

export function moved(rows: Row[], from: number, to: number): Row[] {
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return rows;
  const others = rows.filter((_, place) => place !== from);
  return [...others.slice(0, to), row, ...others.slice(to)];
}
