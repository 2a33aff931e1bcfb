import { z } from "zod";
import { ownStage } from "../branch-mappings/rules.ts";
import { branchPattern } from "../deploy-profiles/patterns.ts";

const directoryLengthMax = 500;

/** A directory as we keep it: relative to the root, no "." and no trailing slash; "" is the root. Null when it leaves the repository. */
export function normalizeDirectory(path: string): string | null {
  const trimmed = path.trim().replaceAll("\\", "/");
  if (trimmed.startsWith("/") || /^[A-Za-z]:/.test(trimmed) || /\p{Control}/u.test(trimmed)) return null;
  const parts = trimmed.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return null;
  const kept = parts.join("/");
  // What "./" hid, a space or a drive, comes to the front only now.
  return kept === path ? kept : normalizeDirectory(kept);
}

/** A directory of a repository, in a form. */
export const directory = z
  .string()
  .max(directoryLengthMax, `Use at most ${directoryLengthMax} characters.`)
  .refine(
    (path) => normalizeDirectory(path) !== null,
    "Name a directory inside the repository, without .. and without a leading slash.",
  )
  .transform((path) => normalizeDirectory(path) ?? "");

/** Names of apps and services stand in addresses and in CloudFormation's stack names. */
export const nodeName = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(100, "Use at most 100 characters.")
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, "Use letters, digits, - and _, and begin with a letter or a digit.");

export const stageName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "A stage begins with a letter and has only a to z, digits and -, 63 at the most.");

/** What is legal in a name of ours, made of what a file or a directory is called; may be empty. */
export function nodeNameOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^[-_]+|-+$/g, "")
    .slice(0, 100);
}

/** One row of the form. */
export const branchDeploy = z.object({
  branch: branchPattern,
  stage: z
    .string()
    .trim()
    .pipe(z.union([z.literal(ownStage), stageName], "Name a stage: a to z, digits and -, beginning with a letter.")),
  deployProfileId: z.uuid("Choose a deploy profile."),
});
