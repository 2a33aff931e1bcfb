/** AWS did not answer, or answered with something that another try may mend. */
export class AwsUnavailable extends Error {
  /** AWS read the question, and these credentials may not ask it: another try gets the same answer. */
  readonly isRefused: boolean;

  constructor(what: string, cause: unknown) {
    super(`${isOfClock(cause) ? clockIsOff : "AWS did not answer as it should"}: ${what}: ${messageOf(cause)}`, {
      cause,
    });
    this.name = "AwsUnavailable";
    this.isRefused = nameOf(cause).startsWith("AccessDenied");
  }
}

const clockIsOff = "The worker's clock is off, so AWS refuses what it signs";

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
