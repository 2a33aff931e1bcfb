/** The digest of an error that says that the database is away. */
export const awayDigest = "database-away";
