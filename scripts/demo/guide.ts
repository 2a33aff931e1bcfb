import type { World } from "@branchline/testing/world";

/** What a person reads once everything runs. */
export function guide(world: World, number: number | null): string {
  const watched = number === null ? "acme/deployments" : `acme/deployments/${number}`;
  return `
Dashboard      ${world.webUrl}
Sign in as     ada (owner), bo (developer) or eve (outside of acme): the local GitHub asks whom
Watch          ${world.webUrl}/${watched}
GitHub         ${world.github.url}/acme/shop
Logs           .branchline/demo/logs

Try next
  1. Sign in as ada and watch the deployment that the merge started.
  2. On GitHub, edit orders/src/message.js on a branch, open a pull request into develop, and merge it.
  3. Merge develop into main: it deploys prod, in another AWS account.

Ctrl-C stops everything; the next start goes on where this one ended.
`;
}
