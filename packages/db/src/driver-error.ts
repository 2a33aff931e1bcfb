type Cause = { kind?: string; code?: string };
type Thrown = { cause?: Cause; meta?: { driverAdapterError?: { cause?: Cause } } } | null;

/** A statement's error of the driver stands in one of Prisma's; a commit's comes as it is. */
function causeOf(error: unknown): Cause {
  const { cause, meta } = (error as Thrown) ?? {};
  return meta?.driverAdapterError?.cause ?? cause ?? {};
}

/** Postgres rolled a transaction back for another one's sake. */
export const isCollision = (error: unknown) => causeOf(error).kind === "TransactionWriteConflict";

/** How pg says that a connection has ended, when the system gives it no code for that. */
const endings = [
  "Connection terminated unexpectedly",
  "Client has encountered a connection error and is not queryable",
];

/** Postgres ends, or begins; or it ended the connection of a transaction in which we were silent for too long. */
const isEnding = (code: string) => code.startsWith("57P0") || code === "25P03";

/** Nothing was said about what was asked: Postgres could not be reached, or it took the connection back. */
export function isAway(error: unknown): error is object {
  const { kind = "", code = "" } = causeOf(error);
  if (["DatabaseNotReachable", "ConnectionClosed"].includes(kind) || isEnding(code)) return true;
  if (!(error instanceof Error)) return false;
  return endings.includes(error.message) || (error.cause !== undefined && isAway(error.cause));
}

/** How pg says that it waited in vain: for an answer, for a new connection, for one of the pool's. */
const silences = [
  "Query read timeout",
  "Connection terminated due to connection timeout",
  "timeout exceeded when trying to connect",
];

/** Postgres is away, or it is there and silent for too long. */
export function isUnanswered(error: unknown): error is object {
  if (isAway(error)) return true;
  if (!(error instanceof Error)) return false;
  return silences.includes(error.message) || (error.cause !== undefined && isUnanswered(error.cause));
}

/** Postgres went away while it was told to keep a transaction: it may have, or not. */
export class CommitInDoubt extends Error {
  constructor(cause: unknown) {
    super("Postgres went away during a commit", { cause });
    this.name = "CommitInDoubt";
  }
}
