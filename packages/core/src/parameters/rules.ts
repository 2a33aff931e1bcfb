import { z } from "zod";

/** Names that steer our own tools, or that AWS's and the build's own variables have. */
const reserved =
  /^(?:AWS_.*|LD_.*|DYLD_.*|GIT_.*|SLS_.*|NPM_CONFIG_.*|NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|BASH_ENV|ENV|IFS|SHELL|PATH|HOME|USER|PWD|TMPDIR|CI|HTTPS?_PROXY|ALL_PROXY|NO_PROXY)$/i;

/** What serverless 4 reads its licence from is the customer's to set; the other SERVERLESS_ names are ours. */
const licences = ["SERVERLESS_LICENSE_KEY", "SERVERLESS_ACCESS_KEY"];

export function isReservedName(name: string): boolean {
  if (licences.includes(name)) return false;
  return reserved.test(name) || /^SERVERLESS_/i.test(name);
}

/** Names that can be a variable of the build as well as a parameter. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

export const parameterName = z
  .string()
  .trim()
  .min(1, "Give the parameter a name.")
  .max(128, "Use at most 128 characters.")
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, "Begin with a letter or _, and use letters, digits, _, . and -.")
  .refine((name) => !isReservedName(name), "This name is reserved for the build's own environment. Choose another.");
