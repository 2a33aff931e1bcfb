import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReservedSlug, organizationSlug, slugOf } from "./rules.ts";

describe("an organization's address", () => {
  it.each([
    ["Acme", "acme"],
    ["  Acme Corp. GmbH ", "acme-corp-gmbh"],
    ["Café Zoë", "cafe-zoe"],
    ["--", ""],
    ["日本", ""],
    ["a".repeat(60), "a".repeat(40)],
  ])("is made of its name: %j → %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is legal however odd the name, unless it is empty, too short or ours", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        const slug = slugOf(name);
        expect(slug.length < 2 || isReservedSlug(slug) || organizationSlug.safeParse(slug).success).toBe(true);
      }),
    );
  });

  it.each([
    "new",
    "api",
    "github",
    "settings",
    "invitations",
    "sign-in",
    "_next",
    "docs",
    "a",
    "A-B",
    "a--b",
    "-a",
    "a-",
    "a b",
    "a/b",
    "a".repeat(41),
  ])("is never %s", (slug) => {
    expect(organizationSlug.safeParse(slug).success).toBe(false);
  });
});
