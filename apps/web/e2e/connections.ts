import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import type { Child } from "@branchline/testing/child";

/** How long a program takes from SIGTERM to its end, and with which code. */
export async function endingOf({ pid, exited }: Child) {
  const begun = performance.now();
  process.kill(pid, "SIGTERM");
  const code = await exited;
  return { code, tookMs: performance.now() - begun };
}

/** A connection of its own, which is kept, with the session's cookie. */
export const keptWith = (cookie: string) => ({ agent: new Agent({ keepAlive: true }), headers: { cookie } });
type Kept = ReturnType<typeof keptWith>;

/** Settles when the head of the answer has come, with what settles when its connection is closed. */
export async function answerTo(asked: ReturnType<typeof get>) {
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { answer, closed: once(answer.socket, "close") };
}

/** An answer that came, on a connection that is idle since. */
export async function idleAt(url: string, connection: Kept) {
  const { answer, closed } = await answerTo(get(url, connection));
  await once(answer.resume(), "end");
  return { closed };
}

/** How often whoever keeps to a connection is still answered there. */
export async function answersOn(connection: Kept, url: string): Promise<number> {
  for (let answers = 0; ; answers += 1) {
    const asked = await answerTo(get(url, connection)).catch(() => null);
    if (asked === null || answers === 50) return answers;
    await once(asked.answer.resume(), "end");
  }
}
