import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { branchPattern, hostPattern, stagePattern } from "./patterns.ts";
import { isProven, type ProbeResult, probes, withProbe } from "./proof.ts";
import {
  accountOf,
  type ProfileLimits,
  parseRoleArn,
  problemOfRole,
  refusalOfProfile,
  unprovenBecause,
} from "./rules.ts";

describe("a role's ARN", () => {
  it.each([
    [
      "arn:aws:iam::123456789012:role/branchline",
      { partition: "aws", accountId: "123456789012", roleName: "branchline" },
    ],
    ["arn:aws:iam::123456789012:role/a/b/c", { partition: "aws", accountId: "123456789012", roleName: "c" }],
    ["arn:aws-cn:iam::123456789012:role/x", { partition: "aws-cn", accountId: "123456789012", roleName: "x" }],
    [
      "arn:aws-us-gov:iam::123456789012:role/x+=,.@-_",
      { partition: "aws-us-gov", accountId: "123456789012", roleName: "x+=,.@-_" },
    ],
  ])("is understood: %s", (arn, role) => {
    expect(parseRoleArn(arn)).toEqual(role);
  });

  it.each([
    "",
    "arn:aws:iam::123456789012:role/",
    "arn:aws:iam::123456789012:role/*",
    "arn:aws:iam::*:role/x",
    "arn:aws:iam::12345678901:role/x",
    "arn:aws:iam::1234567890123:role/x",
    "arn:aws:iam::123456789012:user/x",
    "arn:aws:iam::123456789012:root",
    "arn:aws:sts::123456789012:assumed-role/x/y",
    "arn:aws-evil:iam::123456789012:role/x",
    "arn:aws:iam:us-east-1:123456789012:role/x",
    " arn:aws:iam::123456789012:role/x",
    "arn:aws:iam::123456789012:role/x\n",
    "arn:aws:iam::123456789012:role//x",
    `arn:aws:iam::123456789012:role/${"x".repeat(65)}`,
    "arn:aws:iam::１２３４５６７８９０１２:role/x",
  ])("threat 12: the ARN %j in a form: refused", (arn) => {
    expect(parseRoleArn(arn)).toBeNull();
  });

  it("threat 12: an ARN of odd parts: understood only with an account of twelve digits", () => {
    const part = fc.constantFrom(
      "arn",
      "aws",
      "iam",
      "sts",
      "",
      "123456789012",
      "role/x",
      "role/*",
      "root",
      "*",
      "aws-cn",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const role = parseRoleArn(parts.join(":"));
        expect(role === null || /^\d{12}$/.test(role.accountId)).toBe(true);
      }),
    );
  });

  it("threat 12: a role of our own account, or of another partition than its region: refused", () => {
    const arn = "arn:aws:iam::123456789012:role/x";
    expect(problemOfRole(arn, "us-east-1", "999999999999")).toBeNull();
    expect(problemOfRole(arn, "us-east-1", "123456789012")).toContain("own account");
    expect(problemOfRole(arn, "cn-north-1", "999999999999")).toContain("aws-cn");
    expect(problemOfRole("x", "us-east-1", "999999999999")).toContain("ARN");
  });

  it("tells the profile's account", () => {
    expect(accountOf({ roleArn: "arn:aws:iam::123456789012:role/x" })).toBe("123456789012");
    expect(accountOf({ roleArn: null })).toBeNull();
  });
});

describe("a deploy profile", () => {
  const proven: ProfileLimits = {
    slug: "staging",
    roleArn: "arn:aws:iam::123456789012:role/x",
    provenAt: new Date(0),
    proof: [],
    allowedBranches: ["develop", "release/*"],
    stagePattern: "st*",
  };

  it.each([
    ["passes an allowed branch to an allowed stage", proven, "develop", "staging", null],
    ["passes a branch that a glob allows", proven, "release/1", "stg", null],
    ["passes every branch when none is named", { ...proven, allowedBranches: [] }, "x", "staging", null],
    ["passes what waits to be proven", { ...proven, provenAt: null }, "develop", "staging", null],
    ["stops another branch", proven, "main", "staging", "branch_not_allowed"],
    [
      "stops another branch before it is proven",
      { ...proven, provenAt: null },
      "main",
      "staging",
      "branch_not_allowed",
    ],
    ["stops a branch that only begins alike", proven, "develop2", "staging", "branch_not_allowed"],
    ["stops a branch deeper than the glob", proven, "release/1/x", "staging", "branch_not_allowed"],
    ["stops another stage", proven, "develop", "prod", "stage_not_allowed"],
  ])("%s", (_, profile, branch, stage, reason) => {
    expect(refusalOfProfile(profile, { branch, stage })?.reason ?? null).toBe(reason);
  });

  const refused: ProbeResult = { probe: "assumes", outcome: "failed", message: "AWS refused it to #7: no" };
  const noTest = "No test of its role with its region has ended well.";
  it.each([
    ["that is proven", proven, null],
    ["without a role", { ...proven, roleArn: null }, "It has no role yet."],
    ["that was never tested", { ...proven, provenAt: null }, noTest],
    [
      "whose test AWS did not answer",
      { ...proven, provenAt: null, proof: [{ ...refused, outcome: "unanswered" }] },
      noTest,
    ],
    ["that AWS refused", { ...proven, provenAt: null, proof: [refused] }, "AWS refused it to #7: no"],
  ] satisfies [string, ProfileLimits, string | null][])(
    "says why nothing is deployed with one %s",
    (_, profile, why) => {
      expect(unprovenBecause(profile)).toBe(why);
    },
  );
});

describe("a proof", () => {
  const passed: ProbeResult[] = probes.map((probe) => ({ probe, outcome: "passed", message: "" }));

  it("needs every probe to have passed", () => {
    expect(isProven(passed)).toBe(true);
    expect(isProven([])).toBe(false);
    for (const probe of probes) {
      expect(isProven(passed.filter((result) => result.probe !== probe))).toBe(false);
      expect(isProven(withProbe(passed, { probe, outcome: "failed", message: "" }))).toBe(false);
      expect(isProven(withProbe(passed, { probe, outcome: "unanswered", message: "" }))).toBe(false);
    }
  });

  it("keeps one result per probe, in the order of the test", () => {
    const results = withProbe(withProbe([], passed[3] as ProbeResult), passed[0] as ProbeResult);
    expect(results.map((result) => result.probe)).toEqual(["assumes", "account"]);
    expect(withProbe(passed, passed[1] as ProbeResult)).toEqual(passed);
  });
});

describe("a pattern in a form", () => {
  it.each(["main", "release/*", "**", "feature/{a,b}", "$(id)", "--upload-pack=x", "it's", "ünï"])(
    "may be the branch %s",
    (branch) => {
      expect(branchPattern.safeParse(branch).success).toBe(true);
    },
  );

  it.each([
    "",
    "a b",
    "a..b",
    "../x",
    "/a",
    "a/",
    "a//b",
    "a\tb",
    "a~b",
    "a^b",
    "a:b",
    "a\\b",
    "a\0b",
    "x".repeat(251),
  ])("is never the branch %j", (branch) => {
    expect(branchPattern.safeParse(branch).success).toBe(false);
  });

  it.each([
    ["*", true],
    ["prod", true],
    ["pr-*", true],
    ["", false],
    ["a b", false],
    ["Prod", false],
  ])("as a stage, %j: %s", (pattern, is) => {
    expect(stagePattern.safeParse(pattern).success).toBe(is);
  });

  it.each([
    ["api.example.com", true],
    ["*.Example.com", true],
    ["xn--bcher-kva.example", true],
    ["*", false],
    ["*.com", false],
    ["localhost", false],
    ["169.254.169.254", false],
    ["[::1]", false],
    ["2130706433", false],
    ["https://example.com", false],
    ["example.com:8443", false],
    ["a.*.example.com", false],
    ["-a.example.com", false],
    [`${"a".repeat(64)}.example.com`, false],
  ])("as a host, %j: %s", (pattern, is) => {
    expect(hostPattern.safeParse(pattern).success).toBe(is);
  });
});
