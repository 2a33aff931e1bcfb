/** How long a silent worker keeps a deployment. It beats three times as often. */
export const leaseMs = 9_000;
