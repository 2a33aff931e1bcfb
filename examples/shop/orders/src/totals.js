/**
 * The price that a customer pays.
 * @param {number} net in cents
 * @param {number} vatPercent
 * @returns {number} in cents, rounded half up
 */
export function gross(net, vatPercent) {
  return Math.round(net * (1 + vatPercent / 100));
}
