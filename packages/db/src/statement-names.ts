/** What a connection keeps for the statements that it has prepared is bounded by this: tens of kilobytes each. */
const namesMax = 500;

/** A list of values, or of rows: the text is another one for each length, and would take a name each time. */
const hasList = / IN \(\$\d+,|\),\(\$/;

/**
 * Names a statement by its text, so that each connection has Postgres read and plan it once and not each time. One with a
 * list, and what comes when all names are given, has none and is prepared for itself.
 * @returns an empty name for none
 */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= namesMax || hasList.test(sql)) return "";
    const name = `db.${names.size}`;
    names.set(sql, name);
    return name;
  };
}
