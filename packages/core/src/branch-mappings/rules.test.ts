import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Changes, isGlob, matchBranch, matchesBranch, ownStage, reaches, sentenceOf } from "./rules.ts";
import { stageOfBranch } from "./stage-of-branch.ts";

const rows = [
  { branch: "develop", stage: "staging" },
  { branch: "main", stage: "prod" },
  { branch: "feature/*", stage: ownStage },
  { branch: "**", stage: "sandbox" },
];

describe("branch mapping", () => {
  test.each(["release/*", "feature/**", "v?", "[ab]", "{a,b}/x"])("%s stands for many branches", (pattern) => {
    expect(isGlob(pattern)).toBe(true);
  });

  test.each(["main", "feature/login", "$(id)", "a+b", "fix!", "it's"])("%s is one branch", (branch) => {
    expect(isGlob(branch)).toBe(false);
  });

  test.each([
    ["develop", /^staging$/, 0],
    ["main", /^prod$/, 1],
    ["feature/login", /^feature-login-[0-9a-f]{10}$/, 2],
    ["feature/a/b", /^sandbox$/, 3],
    ["developer", /^sandbox$/, 3],
  ])("the first row that matches %s wins", (branch, stage, place) => {
    const match = matchBranch(rows, branch);
    expect(match?.place).toBe(place);
    expect(match?.stage).toMatch(stage);
  });

  test.each([
    ["main", "xmain"],
    ["main", "mainx"],
    ["release/*", "release/1/2"],
    ["release/*", "prerelease/1"],
    ["!main", "develop"],
    ["@(main|develop)", "main"],
  ])("the pattern %s does not match %s", (pattern, branch) => {
    expect(matchesBranch(pattern, branch)).toBe(false);
  });

  test("a branch's name matches itself, whatever is in it", () => {
    for (const branch of ["$(id)", "--upload-pack=x", "a/../../b", `it's "quoted"`, "[x]", "a{b,c}"])
      expect(matchesBranch(branch, branch)).toBe(true);
  });

  test("threat 7: a branch whose name only contains an allowed one: not matched", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        fc.pre(before + after !== "");
        expect(matchesBranch("release-1", `${before}release-1${after}`)).toBe(false);
        expect(matchesBranch("release/*", `${before}/release/1`)).toBe(false);
        expect(matchesBranch("release/*", `release/1/${after}`)).toBe(false);
      }),
    );
  });
});

describe("a stage of the branch's own", () => {
  test("threat 28: a branch named so that it takes another one's stage: a stage of its own, and a legal one", () => {
    // Two spellings of the same words, which meet in what is left of them, and any two names.
    const words = fc.array(fc.constantFrom("a", "b", "feature", "x1"), { minLength: 1, maxLength: 4 });
    const joint = fc.constantFrom("-", "/", "_", ".", "--", "ü");
    const spelt = fc
      .tuple(words, joint, joint, fc.boolean())
      .map(([parts, one, other, isLoud]): [string, string] => [
        parts.join(one),
        isLoud ? parts.join(other).toUpperCase() : parts.join(other),
      ]);
    const name = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.oneof(spelt, fc.tuple(name, name)), ([one, other]) => {
        fc.pre(one !== other);
        const stage = stageOfBranch(one, ["prod"]);
        expect(stage).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
        expect(stage).not.toBe("prod");
        expect(stage).not.toBe(stageOfBranch(other, ["prod"]));
      }),
    );
  });

  test.each([
    ["feature/a", "feature-a"],
    ["Feature-a", "feature-a"],
    ["feature_a", "feature-a"],
    ["1-feature-a", "feature-a"],
  ])("threat 28: the branch %s beside %s: another stage", (one, other) => {
    expect(stageOfBranch(one, [])).not.toBe(stageOfBranch(other, []));
    expect(stageOfBranch(other, [])).toBe(other);
  });

  test("threat 28: a branch named after the stage of another branch: another stage", () => {
    const stage = stageOfBranch("feature/a", []);
    expect(stageOfBranch(stage, [])).not.toBe(stage);
  });

  test("threat 28: a branch named as a stage that another row names: another stage", () => {
    expect(stageOfBranch("staging", ["staging"])).toMatch(/^staging-[0-9a-f]{10}$/);
  });
});

describe("what a change reaches", () => {
  const orders = { baseDirectory: "orders", triggerDirectories: ["lib/money"], alwaysDeploy: false };
  const files = (...names: string[]): Changes => ({ kind: "files", files: names, sinceNumber: 40 });

  test.each([
    [files("orders/src/a.js"), true, "`orders/src/a.js` changed since #40"],
    [files("orders/a.js", "lib/money/b.js", "README.md"), true, "`orders/a.js` and 1 more changed since #40"],
    [files("orders-old/a.js", "billing/b.js"), false, "no file in its trigger directories changed since #40"],
    [files(), false, "no file in its trigger directories changed since #40"],
    [
      { kind: "everything", because: "it was never deployed to this stage" } as Changes,
      true,
      "it was never deployed to this stage",
    ],
  ])("%j", (changes, deploys, because) => {
    expect(reaches(orders, changes)).toEqual({ deploys, because });
  });

  test("a service at the root is reached by every file", () => {
    expect(reaches({ ...orders, baseDirectory: "" }, files("x")).deploys).toBe(true);
  });

  test("always deploy asks for no file", () => {
    expect(reaches({ ...orders, alwaysDeploy: true }, files())).toEqual({
      deploys: true,
      because: "it deploys on every push",
    });
  });

  test("the sentence says branch, directories, command and account", () => {
    const [row] = rows;
    if (row === undefined) throw new Error("no row");
    expect(sentenceOf(row, orders, { accountId: "222233334444", region: "us-east-1" })).toBe(
      "A merge into `develop` that changes `orders/**` or `lib/money/**` runs `serverless deploy --stage staging` in 222233334444, us-east-1.",
    );
  });
});
