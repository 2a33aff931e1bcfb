type Cause = { kind?: string; code?: string };
type Thrown = { cause?: Cause; meta?: { driverAdapterError?: { cause?: Cause } } } | null;

/** A statement's error of the driver stands in one of Prisma's; a commit's comes as it is. */
function causeOf(error: unknown): Cause {
  const { cause, meta } = (error as Thrown) ?? {};
  return meta?.driverAdapterError?.cause ?? cause ?? {};
}

/** Postgres rolled a transaction back for another one's sake. */
export const isCollision = (error: unknown) => causeOf(error).kind === "TransactionWriteConflict";

/** Nothing was said about what was asked: Postgres could not be reached, or ends, or begins. */
export function isAway(error: unknown): boolean {
  const { kind = "", code = "" } = causeOf(error);
  return ["DatabaseNotReachable", "ConnectionClosed"].includes(kind) || code.startsWith("57P0");
}
