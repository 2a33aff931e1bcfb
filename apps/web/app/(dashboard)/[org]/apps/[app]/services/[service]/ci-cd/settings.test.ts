import { describe, expect, it } from "vitest";
import { completeParts, directoryLines, inputOf, moved, type Row, type Settings, type World } from "./settings.ts";

const row = (key: string): Row => ({ key, branch: key, stage: "staging", deployProfileId: "p" });
const settings: Settings = {
  repositoryId: "r",
  baseDirectory: "orders",
  branchDeploys: [row("a"), row("b"), row("c")],
  triggerDirectories: "shared\n\n  libs/money  \n",
  alwaysDeploy: false,
  everyCommit: false,
  runTests: true,
  checkoutSubmodules: false,
};
const world: World = {
  slug: "acme",
  accounts: ["acme"],
  repositories: [{} as never],
  profiles: [],
  stages: [],
  pushes: [],
};

describe("the CI/CD form", () => {
  it("opens a part only when the one before it is complete", () => {
    expect(completeParts(settings, { ...world, repositories: [] })).toBe(0);
    expect(completeParts({ ...settings, repositoryId: "" }, world)).toBe(1);
    expect(completeParts({ ...settings, branchDeploys: [] }, world)).toBe(2);
    expect(completeParts({ ...settings, branchDeploys: [{ ...row("a"), stage: " " }] }, world)).toBe(2);
    expect(completeParts(settings, world)).toBe(4);
  });

  it("moves a row by one place, and leaves the ends where they are", () => {
    const keys = (rows: Row[]) => rows.map(({ key }) => key).join("");
    expect(keys(moved(settings.branchDeploys, 0, 1))).toBe("bac");
    expect(keys(moved(settings.branchDeploys, 2, 1))).toBe("acb");
    expect(keys(moved(settings.branchDeploys, 0, -1))).toBe("abc");
    expect(keys(moved(settings.branchDeploys, 2, 3))).toBe("abc");
  });

  it("sends directories one by one, and rows without their keys", () => {
    expect(directoryLines(settings.triggerDirectories)).toEqual(["shared", "libs/money"]);
    expect(inputOf("s", settings).branchDeploys[0]).toEqual({ branch: "a", stage: "staging", deployProfileId: "p" });
  });
});
