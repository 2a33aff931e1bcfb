import type { Mutation } from "./mutation.ts";

const apart = "apps/worker/src/apart.test.ts";
const github = "apps/worker/src/github.test.ts";
const stacks = "apps/worker/src/stacks.test.ts";
const recover = "apps/worker/src/recover.test.ts";
const ending = "packages/runner/src/sandbox/ending.test.ts";

export const worker: readonly Mutation[] = [
  {
    row: "fault 1",
    file: "packages/runner/src/workspace.ts",
    from: "  if (existsSync(directory)) await removeTree(directory);\n  const user",
    to: "  const user",
    test: recover,
    title: "fault 1: a worker that is killed before AWS was touched",
  },
  {
    row: "fault 2",
    file: "apps/worker/src/jobs/deployment.run.ts",
    from: "if (run.work.mutation !== null) return reconcile(run);",
    to: "if (run.work.mutation !== null) await reconcile(run);",
    test: recover,
    title: "fault 2: a worker that is killed while CloudFormation works",
  },
  {
    row: "fault 4",
    file: "apps/worker/src/run/heart.ts",
    from: 'ending.addEventListener("abort", handOver);',
    to: "",
    test: "apps/worker/src/restart.test.ts",
    title: "fault 4: a worker that must end at once hands over",
  },
  {
    row: "fault 5",
    file: "apps/worker/src/run/pacemaker-thread.ts",
    from: "for (const key of kept.keys()) void beatFor(key);",
    to: "if (unansweredMs <= beatMs) for (const key of kept.keys()) void beatFor(key);",
    test: apart,
    title: "fault 5: a worker whose event loop is blocked",
  },
  {
    row: "fault 7",
    file: "apps/worker/src/run/pacemaker-thread.ts",
    from: "moment + leaseMs - endMs - performance.now()",
    to: "moment + leaseMs + 20 * endMs - performance.now()",
    test: apart,
    title: "fault 7: a worker that is cut off from Postgres",
  },
  {
    row: "fault 22",
    file: "apps/worker/src/run/checkout-phase.ts",
    from: "if (!(await parts.github.hasCommit({ ...work.repository, sha }))) throw",
    to: "if (!(await parts.github.hasCommit({ ...work.repository, sha }))) await",
    test: github,
    title: "fault 22: a queued commit that was pushed over",
  },
  {
    row: "fault 24",
    file: "packages/github/src/unavailable.ts",
    from: "const refusals = [403, 404, 410, 422, 451];",
    to: "const refusals = [404, 410, 422, 451];",
    test: github,
    title: "fault 24: when the App is suspended",
  },
  {
    row: "fault 25",
    file: "apps/worker/src/run/outage.ts",
    from: "if (!(error instanceof AwsUnavailable || error instanceof GithubUnavailable)) return null;",
    to: "if (!(error instanceof AwsUnavailable)) return null;",
    test: github,
    title: "fault 25: a GitHub that fails delays what needs it",
  },
  {
    row: "fault 26",
    file: "packages/github/src/quiet.ts",
    from: "          note(who, retryAfterOf(error));\n",
    to: "",
    test: github,
    title: "fault 26: GitHub is told nothing more of a deployment",
  },
  {
    row: "fault 37",
    file: "apps/worker/src/run/conclude.ts",
    from: "watchMs: isDetached ? afterKillMs : watchMs",
    to: "watchMs: isDetached ? 100 * watchMs : watchMs",
    test: stacks,
    title: "fault 37: a change that hangs in CloudFormation",
  },
  {
    row: "fault 42",
    file: "packages/runner/src/sandbox/watch.ts",
    from: 'limit: "total" }), step.timeoutMs)',
    to: 'limit: "idle" }), step.timeoutMs)',
    test: ending,
    title: "fault 42: a step that is silent for too long",
  },
  {
    row: "fault 43",
    file: "packages/runner/src/sandbox/watch.ts",
    from: "killing = setTimeout(kill, graceMs);",
    to: "killing = setTimeout(kill, 3 * graceMs);",
    test: ending,
    title: "fault 43: a step that ignores the request to end",
  },
  {
    row: "fault 57",
    file: "apps/worker/src/run/ending.ts",
    from: "lostWorkersMax = 2;",
    to: "lostWorkersMax = 3;",
    test: recover,
    title: "fault 57: a build that takes every worker down",
  },
];
