/** What marks the link of a row for `j` and `k`. */
export const rowLink = { "data-row-link": "" } as const;
