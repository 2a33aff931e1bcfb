import { describe, expect, it } from "vitest";
import { isReservedName, isVariableName, parameterName } from "./rules.ts";

describe("a parameter's name", () => {
  it.each([
    "NPM_TOKEN",
    "apiKey",
    "a.b-c",
    "_x",
    "SERVERLESS_LICENSE_KEY",
    "SERVERLESS_ACCESS_KEY",
    "CITY",
    "PATHS",
    "AWSOME",
  ])("may be %s", (name) => {
    expect(parameterName.safeParse(name).success).toBe(true);
  });

  it.each([
    "AWS_PROFILE",
    "AWS_PROD_ACCESS_KEY_ID",
    "aws_region",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "GIT_SSH_COMMAND",
    "SERVERLESS_STAGE",
    "CI",
    "PATH",
    "HOME",
    "BASH_ENV",
    "HTTPS_PROXY",
    "npm_config_registry",
    "",
    "1a",
    "a b",
    "a=b",
    "a$b",
    "x".repeat(129),
  ])("is never %j", (name) => {
    expect(parameterName.safeParse(name).success).toBe(false);
  });

  it("can be an environment variable only without dots and dashes", () => {
    expect(isVariableName("NPM_TOKEN")).toBe(true);
    expect(isVariableName("a.b")).toBe(false);
    expect(isVariableName("a-b")).toBe(false);
    expect(isReservedName("Path")).toBe(true);
  });
});
