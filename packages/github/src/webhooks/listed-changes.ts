import { z } from "zod";

/** Older servers list no more commits than this, and do not say that there are more. */
const commitsMax = 20;
/** Of one commit. */
const filesMax = 3_000;

const files = z.array(z.string());
const PushWithLists = z.object({
  before: z.string(),
  created: z.literal(false),
  forced: z.literal(false),
  commits: z
    .array(z.object({ added: files, removed: files, modified: files }))
    .min(1)
    .max(commitsMax - 1),
});

/**
 * The files that a push's own webhook says were changed since the commit that the branch was at before.
 * @returns null when the lists may be cut short, or when a commit has none: a merge's may be missing
 */
export function listedChanges(body: unknown): { before: string; files: string[] } | null {
  const push = PushWithLists.safeParse(body).data;
  if (push === undefined) return null;
  const lists = push.commits.map(({ added, removed, modified }) => [...added, ...removed, ...modified]);
  if (lists.some(({ length }) => length === 0 || length >= filesMax)) return null;
  return { before: push.before, files: [...new Set(lists.flat())] };
}
