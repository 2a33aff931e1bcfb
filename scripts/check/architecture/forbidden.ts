import type { IForbiddenRuleType } from "dependency-cruiser";

/** Tests, the builders that stand beside them in a folder `testing`, and journeys in a browser. */
const tests = "\\.test\\.tsx?$|/src/testing/|^apps/web/e2e/";
const adapters = "^packages/(github|aws|runner|logs|secrets)/";
const coreRules = "^packages/core/src/[^/]+/(rules|status)\\.ts$";
const screens = "^apps/web/(src/)?app/.*(page|layout|loading|error|not-found|template|default)\\.tsx$";

/** An npm package by its name, wherever pnpm keeps it, and also when it is not installed. */
function npm(...names: string[]): string {
  return `(^|node_modules/)(${names.join("|")})(/|$)`;
}

/** A built-in of Node, which dependency-cruiser names without `node:`. */
function builtin(...names: string[]): string {
  return `^(node:)?(${names.join("|")})$`;
}

function forbid(name: string, comment: string, from: object, to: object): IForbiddenRuleType {
  return { name, comment, severity: "error", from, to };
}

const rooms: IForbiddenRuleType[] = [
  forbid(
    "core-talks-to-its-database-only",
    "Core imports itself, the Prisma client and pure libraries.",
    { path: "^packages/core/", pathNot: tests },
    { pathNot: ["^packages/(core|db)/", npm("zod", "picomatch", "yaml", "@noble/hashes", "@types/picomatch")] },
  ),
  forbid(
    "queries-do-not-write",
    "A question changes nothing: no mutate, no move.",
    { path: "^packages/core/src/[^/]+/queries\\.ts$" },
    { path: "^packages/core/src/(mutate|move)\\.ts$", dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "queue-is-a-catalogue",
    "The queue knows job names and payloads: zod, BullMQ and its Redis client.",
    { path: "^packages/queue/", pathNot: tests },
    { pathNot: ["^packages/queue/", npm("zod", "bullmq", "ioredis")] },
  ),
  forbid(
    "adapters-know-one-outside-thing",
    "An adapter never sees the database, the queue or another app; of core it knows types only.",
    { path: adapters, pathNot: tests },
    { path: "^(packages/(db|queue|ui|testing)|apps)/" },
  ),
  forbid(
    "adapters-know-types-of-core",
    "An adapter takes `import type` of core and nothing that runs.",
    { path: adapters, pathNot: tests },
    { path: "^packages/core/", dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "adapters-do-not-know-each-other",
    "Only a job holds two adapters.",
    { path: "^packages/(github|aws|runner|logs|secrets)/", pathNot: tests },
    { path: adapters, pathNot: "^packages/$1/" },
  ),
  forbid(
    "plugin-stands-alone",
    "The plugin runs in a customer's checkout: it imports nothing of ours, and only the runner loads it.",
    { path: "^packages/serverless-plugin/", pathNot: tests },
    { path: "^(apps|packages)/", pathNot: "^packages/serverless-plugin/" },
  ),
  forbid(
    "plugin-is-loaded-by-the-runner",
    "Only the runner puts the plugin into a build.",
    { path: "^(apps|packages)/", pathNot: ["^packages/(serverless-plugin|runner)/", tests] },
    { path: ["^packages/serverless-plugin/", npm("@branchline/serverless-plugin")] },
  ),
  forbid(
    "jobs-reach-the-database-through-core",
    "A job is core, adapters and queue in an order.",
    { path: "^apps/worker/src/jobs/", pathNot: tests },
    { path: "^packages/(db|ui)/", dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "a-run-writes-by-its-record",
    "What a run writes down for the page and for GitHub passes the mask, which is in one file.",
    { path: "^apps/worker/", pathNot: [tests, "^apps/worker/src/run/record\\.ts$"] },
    {
      path: "^packages/core/src/deployments/(finish|park|phases|record-stack)\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
  ),
  forbid(
    "screens-show",
    "A page reads through core queries; it holds neither database nor adapter.",
    { path: screens },
    { path: "^packages/(db|github|aws|runner|logs|secrets|queue)/", dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "screens-do-not-change",
    "A page changes nothing: no mutate, no move.",
    { path: screens },
    { path: "^packages/core/src/(mutate|move)\\.ts$", dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "actions-call-verbs",
    "An action parses and calls a verb of core; it decides nothing and holds neither database nor adapter.",
    { path: "^apps/web/(src/)?app/.*actions\\.ts$" },
    { path: ["^packages/(db|github|aws|runner|logs|secrets)/", coreRules], dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "doors-do-not-decide",
    "A route parses and shows; rules are core's business, and rows are core's to read.",
    {
      path: ["^apps/api/src/", "^apps/web/(src/)?app/.*route\\.ts$"],
      pathNot: [tests, "^apps/api/src/(main|env)\\.ts$"],
    },
    { path: ["^packages/(db|ui|runner)/", coreRules], dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "ui-is-pixels",
    "Components without nouns: React, the kit, and nothing of ours.",
    { path: "^packages/ui/", pathNot: tests },
    {
      pathNot: [
        "^packages/ui/",
        npm("react", "react-dom", "@types/react", "@types/react-dom", "@mantine/[^/]+", "@tabler/icons-react"),
      ],
    },
  ),
  forbid(
    "apps-do-not-know-each-other",
    "Apps meet in the database, in the queue and over HTTP.",
    { path: "^apps/([^/]+)/" },
    { path: "^apps/", pathNot: "^apps/$1/" },
  ),
  forbid(
    "packages-do-not-know-apps",
    "What is shared does not know who shares it.",
    { path: "^packages/", pathNot: "^packages/testing/" },
    { path: "^apps/" },
  ),
  forbid(
    "testing-stays-in-tests",
    "Builders and test servers are for tests, scripts and benchmarks.",
    { path: "^(apps|packages)/", pathNot: ["^packages/testing/", tests, "/vitest\\.[^/]*\\.ts$"] },
    { path: "^packages/testing/" },
  ),
  forbid(
    "everything-resolves",
    "An import of ours that leads nowhere escapes every other rule.",
    { path: "^(apps|packages)/" },
    { couldNotResolve: true, path: ["^@branchline/", "^@/", "^\\."], pathNot: "/generated/" },
  ),
  forbid(
    "no-cycles",
    "Two files that need each other are one file, or three.",
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  ),
];

const homes: IForbiddenRuleType[] = [
  forbid(
    "bullmq-in-queue",
    "BullMQ is imported in the queue alone.",
    { pathNot: ["^packages/queue/"] },
    { path: npm("bullmq") },
  ),
  forbid(
    "aws-sdk-in-aws",
    "The AWS SDK is imported in aws alone, and by the tests' own builders.",
    { pathNot: ["^packages/(aws|testing)/"] },
    { path: npm("@aws-sdk/[^/]+", "@smithy/[^/]+") },
  ),
  forbid(
    "octokit-in-github",
    "Octokit is imported in github alone; GitHub's own examples and description also in tests.",
    { pathNot: ["^packages/github/", tests, "^packages/testing/"] },
    { path: npm("@octokit/[^/]+") },
  ),
  forbid(
    "processes-in-runner",
    "Processes are started in runner, and by what serves development: the local GitHub, testing, scripts.",
    { pathNot: ["^packages/(runner|testing)/", "^apps/local-github/", "^(scripts|bench)/", tests] },
    { path: [builtin("child_process", "cluster"), npm("execa")] },
  ),
  forbid(
    "prisma-in-db-and-core",
    "Prisma's own packages are imported in db; core takes its client from there.",
    { pathNot: ["^packages/(db|core|testing)/", "^(scripts|bench|prisma)/", "^prisma\\.config\\.ts$"] },
    { path: npm("@prisma/[^/]+", "prisma", "pg") },
  ),
];

/** The table of rooms as rules of dependency-cruiser: whoever breaks one is named by it. */
export const forbidden: IForbiddenRuleType[] = [...rooms, ...homes];
