/** The commit of a branch that was last handled. Without a delivery: seen by the poller, and held against no service. */
export type HandledHead = { sha: string; deliveryId: string | null };

export type PushStanding = {
  deliveryId: string;
  branch: string;
  /** Where the branch was before the push. */
  before: string;
  /** The commit that the push left the branch at. */
  after: string;
  /** Where the branch is now; null when it is gone. */
  head: string | null;
  handled: HandledHead | null;
  /** The delivery that brought the same body first; null for the first. */
  copyOf: string | null;
  /** A service deploys every push of the branch. */
  isEveryWanted: boolean;
};

export type PushVerdict =
  /** `passed` says that the branch has gone on since: then only services that deploy every push are meant. */
  { deploys: true; passed?: string } | { deploys: false; because: string };

/**
 * Whether a push still is what its branch says. Pushes arrive late, twice and in any order, so only the one that left the
 * branch where it is now counts, and only once. Services that deploy every push also get one that the branch has gone on
 * from, when it begins where the last handled one ended: so none is deployed after a later one. A branch that comes back to
 * an earlier commit was elsewhere in between: then that is not what was last handled. Two such moves within a second have
 * the same body, so a copy may be true.
 */
export function judgePush(standing: PushStanding): PushVerdict {
  const { deliveryId, handled, copyOf } = standing;
  if (handled?.deliveryId === deliveryId) return { deploys: true };
  const verdict = judgeHead(standing);
  if (verdict.deploys || copyOf === null) return verdict;
  return { deploys: false, because: explainCopy(copyOf) };
}

export function explainCopy(copyOf: string): string {
  return `ignored: a copy of delivery ${copyOf}`;
}

export function explainGone(branch: string): string {
  return `superseded: \`${branch}\` is no longer on GitHub`;
}

function judgeHead(standing: PushStanding): PushVerdict {
  const { branch, after, head, handled, copyOf } = standing;
  if (head === null) return { deploys: false, because: explainGone(branch) };
  if (head !== after) return judgePassed(standing, `superseded: \`${branch}\` is at ${head.slice(0, 7)} now`);
  const { sha, deliveryId } = handled ?? { sha: null, deliveryId: null };
  if (sha !== after || (deliveryId === null && copyOf === null)) return { deploys: true };
  const told = `delivery ${deliveryId} already told that \`${branch}\` is at ${after.slice(0, 7)}`;
  return { deploys: false, because: `ignored: ${told}` };
}

function judgePassed({ before, handled, copyOf, isEveryWanted }: PushStanding, because: string): PushVerdict {
  const isNext = handled === null || handled.sha === before;
  return isEveryWanted && isNext && copyOf === null ? { deploys: true, passed: because } : { deploys: false, because };
}

export type HeadsLook = {
  /** Every branch of the repository now, with its commit. */
  heads: ReadonlyMap<string, string>;
  handled: ReadonlyMap<string, HandledHead>;
  /** Whether a service that was enabled before the last look deploys the branch: others do not deploy what is old. */
  isAwaited(branch: string): boolean;
};

export type FoundHead = { branch: string; before: string | null; after: string };

export type HeadsNews = {
  /** Moves that nobody told of. */
  found: FoundHead[];
  /** Moves of branches that nothing is deployed from, to be remembered. */
  seen: FoundHead[];
  /** Branches that are gone, with their last commit. */
  gone: { branch: string; sha: string }[];
};

/** What a look at all branches tells that the deliveries did not. */
export function newsOfHeads({ heads, handled, isAwaited }: HeadsLook): HeadsNews {
  const moved = [...heads]
    .filter(([branch, sha]) => handled.get(branch)?.sha !== sha)
    .map(([branch, after]) => ({ branch, after, before: handled.get(branch)?.sha ?? null }));
  return {
    found: moved.filter(({ branch }) => isAwaited(branch)),
    seen: moved.filter(({ branch }) => !isAwaited(branch)),
    gone: [...handled].filter(([branch]) => !heads.has(branch)).map(([branch, { sha }]) => ({ branch, sha })),
  };
}
