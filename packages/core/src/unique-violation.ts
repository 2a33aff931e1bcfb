import { Prisma } from "@branchline/db";

/** Postgres refused a second row of something that there is one of. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
