import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownStage } from "../branch-mappings/rules.ts";
import { branchDeploy, directory, nodeName, nodeNameOf, normalizeDirectory, stageName } from "./rules.ts";

describe("a directory", () => {
  it.each([
    ["", ""],
    [".", ""],
    ["orders", "orders"],
    ["./orders/", "orders"],
    ["services//orders/.", "services/orders"],
    ["a\\b", "a/b"],
    ["a b", "a b"],
    ["...", "..."],
  ])("%j is kept as %j", (path, kept) => {
    expect(normalizeDirectory(path)).toBe(kept);
    expect(directory.parse(path)).toBe(kept);
  });

  it.each(["..", "../x", "a/../b", "/etc", "C:\\x", "a/..", "..\\x", "a\0b"])("%j is refused", (path) => {
    expect(normalizeDirectory(path)).toBeNull();
    expect(directory.safeParse(path).success).toBe(false);
  });

  it("that is kept never leaves the repository, and stays as it is when kept again", () => {
    const path = fc
      .array(fc.constantFrom("..", ".", "/", "\\", "a", "b", " ", "C:", ""))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(path, fc.string()), (text) => {
        const kept = normalizeDirectory(text);
        if (kept === null) return;
        expect(kept.startsWith("/")).toBe(false);
        expect(kept.split("/")).not.toContain("..");
        expect(normalizeDirectory(kept)).toBe(kept);
      }),
    );
  });
});

describe("names", () => {
  it.each([
    ["prod", true],
    ["pr-12", true],
    ["a", true],
    ["Prod", false],
    ["1a", false],
    ["a_b", false],
    ["", false],
    ["a".repeat(64), false],
  ])("a stage may be called %j: %s", (name, may) => {
    expect(stageName.safeParse(name).success).toBe(may);
  });

  it("of apps and services are made of what a file says", () => {
    expect(nodeNameOf("@acme/orders service")).toBe("acme-orders-service");
    expect(nodeNameOf("Zoë")).toBe("Zoe");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const name = nodeNameOf(text);
        expect(name === "" || nodeName.safeParse(name).success).toBe(true);
      }),
    );
  });

  it("of a row's stage are a stage's, or the branch's own", () => {
    const row = { branch: "main", deployProfileId: "01900000-0000-7000-8000-000000000000" };
    expect(branchDeploy.safeParse({ ...row, stage: ownStage }).success).toBe(true);
    expect(branchDeploy.safeParse({ ...row, stage: "prod" }).success).toBe(true);
    expect(branchDeploy.safeParse({ ...row, stage: `pr-${ownStage}` }).success).toBe(false);
  });
});
