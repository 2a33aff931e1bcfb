import { setTimeout as pause } from "node:timers/promises";

const pollMs = 150;

/**
 * Asks again until there is an answer: for what another program does, and tells nobody.
 * @param what is awaited, for the message of the error
 * @returns the first answer that is not null
 */
export async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`);
    await pause(pollMs);
  }
}
