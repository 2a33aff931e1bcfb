/** GitHub did not answer, or answered that it can't or won't now. "Not there" is null instead. */
export class GithubUnavailable extends Error {
  /** Null when there was no answer at all. */
  readonly status: number | null;
  /** How long GitHub asks to be left alone. */
  readonly retryAfterMs: number | null;
  /** GitHub read the question and said no: suspended, taken away, blocked by law. Another try gets the same answer. */
  readonly isRefused: boolean;

  constructor(what: string, cause: unknown) {
    const status = statusOf(cause);
    super(`${sayingOf(cause, status)}: ${what}`, { cause });
    this.name = "GithubUnavailable";
    this.status = status;
    this.retryAfterMs = cause instanceof GithubQuiet ? cause.leftMs : retryAfterOf(cause);
    this.isRefused = this.retryAfterMs === null && refusals.includes(status ?? 0);
  }
}

/** Whether GitHub said no, so that asking again changes nothing. */
export function isRefusedByGithub(error: unknown): error is GithubUnavailable {
  return error instanceof GithubUnavailable && error.isRefused;
}

const refusals = [403, 404, 410, 422, 451];

/** GitHub asked to be left alone for a while that is not over, so it was not asked. */
export class GithubQuiet extends Error {
  readonly leftMs: number;

  constructor(leftMs: number) {
    super(`GitHub asked to be left alone for another ${Math.ceil(leftMs / 1_000)} s`);
    this.name = "GithubQuiet";
    this.leftMs = leftMs;
  }
}

function sayingOf(cause: unknown, status: number | null): string {
  if (cause instanceof GithubQuiet) return cause.message;
  if (status === null) return "GitHub did not answer";
  const { message } = ((cause as Failed)?.response?.data ?? {}) as { message?: unknown };
  const answer = `GitHub answered ${status}${typeof message === "string" ? `, "${message}"` : ""}`;
  return isOfClock(message) ? `This machine's clock is off, so GitHub refuses what it signs. ${answer}` : answer;
}

/** What GitHub calls a token of the App that is older, or younger, than it may be. */
const isOfClock = (message: unknown) => /'(Issued at|Expiration time)' claim \('(iat|exp)'\)/.test(String(message));

type Headers = Record<string, string | number | undefined>;
type Failed = { response?: { status?: unknown; headers?: Headers; data?: unknown } } | null;

/** Octokit gives a request that nobody answered the status 500; only an answer has one here. */
export function statusOf(error: unknown): number | null {
  const status = (error as Failed)?.response?.status;
  return typeof status === "number" ? status : null;
}

/** GitHub's advice for a limit that comes without a time. */
const unsaidMs = 60_000;

/** How long a failed request says that GitHub is to be left alone; null when it does not. */
export function retryAfterOf(error: unknown): number | null {
  const response = (error as Failed)?.response;
  const headers = response?.headers ?? {};
  const seconds = Number(headers["retry-after"]);
  if (seconds > 0) return seconds * 1_000;
  const status = statusOf(error) ?? 0;
  if (![403, 429].includes(status)) return null;
  return untilReset(headers) ?? (isUnsaidLimit(status, response?.data) ? unsaidMs : null);
}

/** Milliseconds until a limit that is used up begins anew; null while something is left of it. */
export function untilReset(headers: Headers): number | null {
  if (String(headers["x-ratelimit-remaining"]) !== "0") return null;
  // By GitHub's own clock, which ours may be off from.
  const now = Date.parse(String(headers.date)) || Date.now();
  const waitMs = Number(headers["x-ratelimit-reset"]) * 1_000 - now;
  return waitMs > 0 ? waitMs : null;
}

function isUnsaidLimit(status: number, answer: unknown): boolean {
  const { message } = (answer ?? {}) as { message?: unknown };
  return status === 429 || /rate limit/i.test(String(message));
}

/**
 * Null for what is not there; anything else that fails is GithubUnavailable.
 * @param absent the statuses that say "not there"
 */
export async function findOnGithub<T>(
  what: string,
  ask: () => Promise<T>,
  absent: readonly number[] = [404],
): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (absent.includes(statusOf(error) ?? 0)) return null;
    throw new GithubUnavailable(what, error);
  }
}

/** For what must be there. */
export async function onGithub<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new GithubUnavailable(what, error);
  }
}
