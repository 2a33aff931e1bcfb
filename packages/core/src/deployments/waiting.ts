type Numbered = { number: number };

/** What holds a queued deployment back. */
export type Wait = { kind: "runs" | "goes_first" | "worker"; sentence: string };

/**
 * @param holder what runs in its service, stage and region
 * @param ahead what waits there since before it, the oldest first
 */
export function waitOf(holder: Numbered | undefined, ahead: readonly Numbered[]): Wait {
  if (holder !== undefined && ahead.length === 0)
    return { kind: "runs", sentence: `Waits for #${holder.number}, which deploys to this stage now.` };
  const before = ahead.at(-1);
  if (before !== undefined) return { kind: "goes_first", sentence: `Waits for #${before.number}, which goes first.` };
  return { kind: "worker", sentence: "Waits for a free worker." };
}
