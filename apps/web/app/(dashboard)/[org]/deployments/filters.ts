import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const terminalStatuses = ["succeeded", "failed", "cancelled"] as const;

/** What of the history is shown; it stands in the address. */
export const filterParsers = {
  service: parseAsString,
  stage: parseAsString,
  status: parseAsStringLiteral(terminalStatuses),
  branch: parseAsString,
  person: parseAsString,
};

export const loadFilters = createLoader({ ...filterParsers, before: parseAsInteger });
