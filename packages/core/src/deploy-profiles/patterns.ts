import { z } from "zod";

/** A branch or a glob of branches. */
export const branchPattern = z
  .string()
  .trim()
  .min(1, "Name a branch, or a pattern such as release/*.")
  .max(250, "Use at most 250 characters.")
  .refine((pattern) => !/[\s~^:\\\p{Control}]/u.test(pattern), "A branch has no spaces and none of ~ ^ : \\.")
  .refine((pattern) => !pattern.includes(".."), "A branch does not contain two dots in a row.")
  .refine(
    (pattern) => !/^\/|\/\/|\/$/.test(pattern),
    "A branch neither begins nor ends with a slash, nor has two in a row.",
  );

/** The name of a host, or all beneath a name. An address has no name, and the operator alone may open every host. */
export const hostPattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "Use at most 253 characters.")
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
    "Name a host, such as api.example.com, or *.example.com for every host beneath it.",
  );

/** A glob of stage names. */
export const stagePattern = z
  .string()
  .trim()
  .min(1, "Name a stage, or * for every stage.")
  .max(63, "Use at most 63 characters.")
  .regex(/^[a-z0-9*?{},[\]-]+$/, "Use the letters of stage names (a to z, digits, -) and * as a wildcard.");
