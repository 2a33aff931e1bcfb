/** GitHub did not answer, or answered that it can't or won't now. "Not there" is null instead. */
export class GithubUnavailable extends Error {
  /** Null when there was no answer at all. */
  readonly status: number | null;
  /** How long GitHub asks to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(what: string, cause: unknown) {
    const status = statusOf(cause);
    super(`GitHub ${status === null ? "did not answer" : `answered ${status}`}: ${what}`, { cause });
    this.name = "GithubUnavailable";
    this.status = status;
    this.retryAfterMs = retryAfterOf(cause);
  }
}

type Failed = { response?: { status?: unknown; headers?: Record<string, string | undefined> } } | null;

/** Octokit gives a request that nobody answered the status 500; only an answer has one here. */
function statusOf(error: unknown): number | null {
  const status = (error as Failed)?.response?.status;
  return typeof status === "number" ? status : null;
}

function retryAfterOf(error: unknown): number | null {
  const headers = (error as Failed)?.response?.headers ?? {};
  const seconds = Number(headers["retry-after"]);
  if (seconds > 0) return seconds * 1_000;
  if (headers["x-ratelimit-remaining"] !== "0") return null;
  const waitMs = Number(headers["x-ratelimit-reset"]) * 1_000 - Date.now();
  return waitMs > 0 ? waitMs : null;
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
