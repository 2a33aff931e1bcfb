import type { Octokit } from "@octokit/core";
import { GithubQuiet, retryAfterOf, untilReset } from "./unavailable.ts";

/**
 * Who must leave GitHub alone, and until when: an installation, or the App itself. Whoever asks on while a limit lasts is
 * banned in the end, so nothing is sent before it is over.
 */
export type Quiet = {
  /** Sends no request of this client before the time that GitHub named to `who`. */
  heed(octokit: Octokit, who: string): Octokit;
};

export function createQuiet(): Quiet {
  const until = new Map<string, number>();

  function note(who: string, waitMs: number | null): void {
    if (waitMs !== null) until.set(who, Math.max(until.get(who) ?? 0, Date.now() + waitMs));
  }

  return {
    heed(octokit, who) {
      octokit.hook.wrap("request", async (request, options) => {
        const leftMs = (until.get(who) ?? 0) - Date.now();
        if (leftMs > 0) throw new GithubQuiet(leftMs);
        try {
          const response = await request(options);
          // The last one that the limit allows was answered; the next one would not be.
          note(who, untilReset(response.headers));
          return response;
        } catch (error) {
          note(who, retryAfterOf(error));
          throw error;
        }
      });
      return octokit;
    },
  };
}
