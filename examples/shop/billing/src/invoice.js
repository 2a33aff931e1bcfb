/**
 * @param {string} number as in the address, e.g. "1001"
 * @returns {{ invoice: string, due: string } | null} null when it is no invoice number
 */
export function invoiceOf(number) {
  if (!/^\d{1,9}$/.test(number)) return null;
  return { invoice: `INV-${number.padStart(6, "0")}`, due: "within 30 days" };
}
