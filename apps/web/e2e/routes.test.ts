import { expect, it } from "vitest";
import { addressOf, listRoutes } from "./routes.ts";

it("lists every page and route of the app folder, without its groups", () => {
  const patterns = listRoutes().map(({ pattern }) => pattern);
  expect(patterns).toContain("/");
  expect(patterns).toContain("/[org]/settings/members");
  expect(patterns).toContain("/api/auth/[...all]");
  expect(new Set(patterns).size).toBe(patterns.length);
});

it("fills in each parameter, and refuses an address with one missing", () => {
  const route = { kind: "page", pattern: "/[org]/profiles/[profile]", parameters: ["org", "profile"] } as const;
  const { parameters, ...rest } = route;
  expect(addressOf({ ...rest, parameters: [...parameters] }, { org: "acme", profile: "a b" })).toBe(
    "/acme/profiles/a%20b",
  );
  expect(() => addressOf({ ...rest, parameters: [...parameters] }, { org: "acme" })).toThrow("profile");
});
