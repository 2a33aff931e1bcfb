type Branch = { repositoryId: string; branch: string };
/** The commit is null when the branch was gone. */
type Seen = { sha: string | null; askedAt: Date };

const branchesMax = 1_000;

/**
 * Where branches were when GitHub was last asked. What was told of before that, and is not what the branch was at then, has
 * been passed by: to ask again for each of a storm's pushes would tell the same.
 */
export function createSeenHeads() {
  const seen = new Map<string, Seen>();
  const keyOf = ({ repositoryId, branch }: Branch) => `${repositoryId} ${branch}`;
  return {
    note(branch: Branch, head: Seen): void {
      const key = keyOf(branch);
      seen.delete(key);
      seen.set(key, head);
      const [oldest] = seen.keys();
      if (seen.size > branchesMax && oldest !== undefined) seen.delete(oldest);
    },
    /** @returns where the branch was after it had been told to be at a commit and had left that; null when nobody knows */
    findLater(branch: Branch, told: { sha: string; at: Date }): Seen | null {
      const head = seen.get(keyOf(branch));
      return head !== undefined && head.askedAt > told.at && head.sha !== told.sha ? head : null;
    },
  };
}

export type SeenHeads = ReturnType<typeof createSeenHeads>;
