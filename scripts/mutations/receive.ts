import type { Mutation } from "./mutation.ts";

const room = "apps/worker/src/receive";
const received = `${room}/receive.test.ts`;

export const receive: readonly Mutation[] = [
  {
    row: "fault 56",
    file: "packages/core/src/deployments/queue.ts",
    from: "  if (head === null) throw",
    to: "  if (head === null) return;\n  if (head === null) throw",
    test: "apps/worker/src/receive/receive.test.ts",
    title: "fault 56: a delivery whose worker died before it queued",
  },
  {
    row: "fault 18",
    file: `${room}/seen-heads.ts`,
    from: "head.askedAt > told.at &&",
    to: "",
    test: received,
    title: "fault 18: pushes that were told of before",
  },
  {
    row: "fault 18",
    file: `${room}/seen-heads.ts`,
    from: "return head !== undefined &&",
    to: "return head === undefined &&",
    test: received,
    title: "fault 18: pushes that were told of before",
  },
  {
    row: "fault 21",
    file: `${room}/take-head.ts`,
    from: "isAwaited ? await findHead(parts, repository, told, at) : commit.sha",
    to: "isAwaited ? commit.sha : await findHead(parts, repository, told, at)",
    test: received,
    title: "fault 21: of two pushes that arrive as B and then A",
  },
  {
    row: "fault 24",
    file: `${room}/push.ts`,
    from: "repository.installationGithubId === installationGithubId",
    to: "repository.installationGithubId !== null",
    test: received,
    title: "fault 24: a repository that was transferred",
  },
  {
    row: "fault 24",
    file: "packages/core/src/webhook-deliveries/queries.ts",
    from: "installationGithubId === null",
    to: "repositoryGithubId !== null",
    test: received,
    title: "fault 24: a repository that was transferred",
  },
  {
    row: "fault 28",
    file: "packages/core/src/branch-heads/look.ts",
    from: "lookEveryMs = 240_000",
    to: "lookEveryMs = 300_000",
    test: `${room}/lost.test.ts`,
    title: "fault 28: a head that no webhook told of",
  },
  {
    row: "fault 28",
    file: "apps/worker/src/jobs/repository.look.ts",
    from: "etag: isNew ? listed.etag : look.etag",
    to: "etag: isNew ? null : look.etag",
    test: `${room}/lost.test.ts`,
    title: "fault 28: a head that no webhook told of",
  },
  {
    row: "fault 56",
    file: "packages/core/src/deployments/queue.ts",
    from: "if (earlier !== null)",
    to: "if (earlier?.number === 0)",
    test: received,
    title: "fault 56: a delivery whose worker died",
  },
];
