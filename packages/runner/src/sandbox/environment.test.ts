import { expect, test } from "vitest";
import { withoutReserved } from "./environment.ts";

test.each([
  "AWS_PROFILE",
  "AWS_PROD_ACCESS_KEY_ID",
  "aws_staging_profile",
  "NODE_OPTIONS",
  "LD_PRELOAD",
  "GIT_SSH_COMMAND",
  "npm_config_registry",
  "https_proxy",
  "PATH",
  "BASH_ENV",
])("a customer's %s does not reach our tools", (name) => {
  expect(withoutReserved({ [name]: "x", NPM_TOKEN: "y" })).toEqual({ NPM_TOKEN: "y" });
});
