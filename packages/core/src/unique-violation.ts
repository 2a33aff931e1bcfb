/**
 * Postgres refused a second row of something that there is one of. Known by Prisma's code and not by its class, so that a
 * form may import a verb's schema without the database.
 */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
