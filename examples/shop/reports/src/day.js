/**
 * The key of the report that a moment belongs to.
 * @param {Date} moment
 * @returns {string} e.g. "2026-11-24", in UTC
 */
export function dayOf(moment) {
  return moment.toISOString().slice(0, 10);
}
