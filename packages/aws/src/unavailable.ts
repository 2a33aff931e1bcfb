/** AWS did not answer, or answered with something that another try may mend. */
export class AwsUnavailable extends Error {
  /** AWS read the question, and these credentials may not ask it: another try gets the same answer. */
  readonly isRefused: boolean;

  constructor(what: string, cause: unknown) {
    super(`${problemOf(cause)}: ${what}: ${messageOf(cause)}`, { cause });
    this.name = "AwsUnavailable";
    this.isRefused = isDenied(cause);
  }
}

function problemOf(cause: unknown): string {
  if (isOfClock(cause)) return "The worker's clock is off, so AWS refuses what it signs";
  return isDenied(cause) ? "AWS refused" : "AWS did not answer as it should";
}

/** Whoever asked lacks a permission. */
export const isDenied = (error: unknown) => nameOf(error).startsWith("AccessDenied");

/** What AWS calls a signature that is older, or younger, than it may be. */
function isOfClock(cause: unknown): boolean {
  const names = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"];
  return names.includes(nameOf(cause)) || /signature (expired|not yet current)/i.test(messageOf(cause));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
