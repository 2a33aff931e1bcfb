import type { Mutation } from "./mutation.ts";

const room = "packages/core/src";
const mappings = `${room}/branch-mappings/rules.test.ts`;

export const core: readonly Mutation[] = [
  {
    row: "threat 5",
    file: `${room}/triggers/rules.ts`,
    from: "if (head?.githubId === base.githubId)",
    to: "if (head?.fullName === base.fullName)",
    test: `${room}/triggers/rules.test.ts`,
    title: "threat 5: a pull request of a fork %s",
  },
  {
    row: "threat 7",
    file: `${room}/branch-mappings/rules.ts`,
    from: "return picomatch.isMatch(branch, pattern, { dot: true,",
    to: "return picomatch.isMatch(branch, pattern, { contains: true, dot: true,",
    test: mappings,
    title: "threat 7: a branch whose name only contains an allowed one",
  },
  {
    row: "threat 11",
    file: `${room}/deploy-profiles/create.ts`,
    from: "const externalId = `branchline-${crypto.randomUUID()}`;",
    to: 'const externalId = (input as { externalId?: string }).externalId ?? "branchline";',
    test: `${room}/deploy-profiles/deploy-profiles.test.ts`,
    title: "threat 11: a form that brings its own external id",
  },
  {
    row: "threat 12",
    file: `${room}/deploy-profiles/rules.ts`,
    from: "if (role.accountId === platformAccountId)",
    to: 'if (role.accountId === "")',
    test: `${room}/deploy-profiles/rules.test.ts`,
    title: "threat 12: a role of our own account, or of another partition",
  },
  {
    row: "threat 28",
    file: `${room}/branch-mappings/stage-of-branch.ts`,
    from: "if (isItself) return slug;",
    to: "if (isItself || slug.length > 0) return slug;",
    test: mappings,
    title: "threat 28: a branch named so that it takes another one's stage",
  },
  {
    row: "threat 44",
    file: `${room}/mutate.ts`,
    from: "if (isAllowed(actor.role, action)) return;",
    to: 'if (isAllowed(actor.role, action) || action !== "") return;',
    test: `${room}/permissions.test.ts`,
    title: "threat 44: a %s who asks for more",
  },
  {
    row: "threat 45",
    file: `${room}/logs/append.ts`,
    from: "AND epoch = ${epoch} AND status = 'running'",
    to: "AND epoch >= ${epoch} AND status = 'running'",
    test: `${room}/deployments/deployments.test.ts`,
    title: "threat 45: a worker with an older epoch",
  },
  {
    row: "threat 48",
    file: `${room}/triggers/rules.ts`,
    from: "if (push.deleted) return",
    to: 'if (push.deleted && push.ref === "") return',
    test: "apps/worker/src/receive/receive.test.ts",
    title: "threat 48: the deletion of a branch that deploys",
  },
  {
    row: "threat 52",
    file: `${room}/permissions.ts`,
    from: '"deployment.queue": "developer"',
    to: '"deployment.queue": "viewer"',
    test: `${room}/deployments/deployments.test.ts`,
    title: "threat 52: an old commit deployed again",
  },
];
