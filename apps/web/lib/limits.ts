import "server-only";
import { Refusal } from "@branchline/core/errors";
import { getIP } from "better-auth/api";
import { headers } from "next/headers";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { auth } from "./auth";
import { findSession, type SignedIn } from "./session";

/**
 * What one person may ask of this process, far more than somebody with twenty open tabs does. It guards the process's own
 * time and connections, so it is counted in its own memory, as sign-ins are: there is no store that could be away, and of
 * several processes each has its own count.
 */
const limits = {
  /** Each open page has a stream, which comes back every 90 seconds. */
  stream: {
    perMinute: 240,
    noun: "live updates",
    openMax: 60,
    full: "pages of yours are live, which is the most at once. Close some of them.",
  },
  /** A log may have a gigabyte. */
  log: {
    perMinute: 30,
    noun: "logs",
    openMax: 3,
    full: "logs are on their way to you, which is the most at once. Wait until one has come.",
  },
  action: { perMinute: 120, noun: "changes" },
} as const;
type Limited = keyof typeof limits;

/** Nobody knows when something that is open ends: after this long it is worth to ask again. */
const askAgainSeconds = 5;

/** Too much was asked for. It says what, and when there is room again. */
export class LimitReached extends Refusal {
  readonly retryAfterSeconds: number;

  constructor(what: string, retryAfterSeconds: number) {
    super("limit_reached", what);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const key = Symbol.for("branchline.limits");
const shared = globalThis as { [key]?: ReturnType<typeof startCounting> };
// The bundler gives each entry its own copy of a module; the process has one count.
shared[key] ??= startCounting();
const { asked, open } = shared[key];

function startCounting() {
  const perMinute = (limited: Limited) => new RateLimiterMemory({ points: limits[limited].perMinute, duration: 60 });
  return {
    asked: { stream: perMinute("stream"), log: perMinute("log"), action: perMinute("action") },
    open: new Map<string, number>(),
  };
}

/**
 * Who asks, as `findSession` tells. A request counts for the person, and without a session for its network address.
 * @throws LimitReached when they have asked too often
 */
export async function findLimitedSession(limited: Limited): Promise<SignedIn | null> {
  const user = await findSession();
  const asker = user?.userId ?? `address ${getIP(await headers(), auth().options)}`;
  const { perMinute, noun } = limits[limited];
  await asked[limited].consume(asker).catch((refused: unknown) => {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.ceil(refused.msBeforeNext / 1_000);
    throw new LimitReached(
      `You asked for ${noun} more than ${perMinute} times in a minute. Wait ${seconds} s.`,
      seconds,
    );
  });
  return user;
}

/**
 * Counts something as open until the signal says that it is not.
 * @throws LimitReached when the person has as many open as they may
 */
export function holdOpen(limited: "stream" | "log", { userId }: SignedIn, signal: AbortSignal): void {
  const { openMax, full } = limits[limited];
  const holder = `${limited} ${userId}`;
  const others = open.get(holder) ?? 0;
  if (others >= openMax) throw new LimitReached(`${openMax} ${full}`, askAgainSeconds);
  open.set(holder, others + 1);
  signal.addEventListener("abort", () => release(holder), { once: true });
}

function release(holder: string): void {
  const left = (open.get(holder) ?? 1) - 1;
  if (left === 0) open.delete(holder);
  else open.set(holder, left);
}
