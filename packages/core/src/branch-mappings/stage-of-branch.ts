import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** CloudFormation's stack names end at 128 characters; the stage gets its share of them. */
const stageLengthMax = 40;
const hashLength = 10;
const looksHashed = new RegExp(`-[0-9a-f]{${hashLength}}$`);

/**
 * A stage for a branch of its own. What is not legal in a stage becomes "-". A name that had to change, that looks as if
 * it had, or that another row names outright, ends in a hash of the branch: so two branches never share a stage.
 */
export function stageOfBranch(branch: string, taken: readonly string[]): string {
  const slug = branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  const isItself = slug === branch && slug.length <= stageLengthMax && !looksHashed.test(slug) && !taken.includes(slug);
  if (isItself) return slug;
  const hash = bytesToHex(sha256(utf8ToBytes(branch))).slice(0, hashLength);
  const start = slug.slice(0, stageLengthMax - hashLength - 1).replace(/-+$/, "");
  return `${start === "" ? "branch" : start}-${hash}`;
}
