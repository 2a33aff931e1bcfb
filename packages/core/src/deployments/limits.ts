/** How many deployments run at once. */
export type RunningLimits = {
  perOrganization: number;
  /** In the whole installation: about as many as its workers have places. */
  inAll: number;
};

export const defaultLimits: RunningLimits = { perOrganization: 10, inAll: 100 };
