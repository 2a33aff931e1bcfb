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

export function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" ? status : null;
}

function retryAfterOf(error: unknown): number | null {
  const headers = (error as { response?: { headers?: Record<string, string | undefined> } } | null)?.response?.headers;
  const seconds = Number(headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null;
}

/** Null for 404; anything else that fails is GithubUnavailable. */
export async function findOnGithub<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (statusOf(error) === 404) return null;
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
