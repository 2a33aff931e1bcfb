import type { AwsCredentials } from "@branchline/aws";

/** The AWS SDK asks for new credentials when less than this is left. */
const renewBeforeMs = 5 * 60_000;

/** A renewal that failed is tried again after this and up to as much more, however often somebody asks. */
const tryAgainMs = 10_000;

type Held = { credentials: AwsCredentials; renewAt: number };

/**
 * Credentials that are renewed in good time, by one request however many ask for them. When a renewal fails, those that
 * are there serve to their end: AWS that throttles is not asked harder.
 */
export function renewed(assume: () => Promise<AwsCredentials>): () => Promise<AwsCredentials> {
  let held: Held | null = null;
  let assuming: Promise<AwsCredentials> | null = null;

  async function renew(): Promise<AwsCredentials> {
    const credentials = await assume();
    const left = credentials.expiration.getTime() - Date.now();
    held = { credentials, renewAt: Date.now() + left - Math.min(renewBeforeMs, left / 2) };
    return credentials;
  }

  return async () => {
    const present = held;
    if (present !== null && Date.now() < present.renewAt) return present.credentials;
    assuming ??= renew().finally(() => {
      assuming = null;
    });
    if (present === null || present.credentials.expiration.getTime() <= Date.now()) return assuming;
    return assuming.catch(() => {
      present.renewAt = Date.now() + tryAgainMs * (1 + Math.random());
      return present.credentials;
    });
  };
}
