import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("where a sign-in goes on to", () => {
  it("keeps an address of ours", () => {
    expect(safeNext("/acme/deployments?stage=prod")).toBe("/acme/deployments?stage=prod");
  });

  it.each([
    null,
    undefined,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "/\t/evil.example",
    "javascript:alert(1)",
    "acme",
  ])("threat 43: a sign-in that is to go on to %j: stays here", (next) => {
    expect(safeNext(next)).toBe("/");
  });
});
