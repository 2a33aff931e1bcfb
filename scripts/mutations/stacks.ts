import type { Mutation } from "./mutation.ts";

const stacks = "apps/worker/src/stacks.test.ts";

export const stackStates: readonly Mutation[] = [
  {
    row: "fault 35",
    file: "apps/worker/src/run/preflight.ts",
    from: '    case "shell":\n    case "needs_deletion":',
    to: '    case "shell":\n      return null;\n    case "needs_deletion":',
    test: stacks,
    title: "fault 35: a change set that nobody executed",
  },
  {
    row: "fault 34",
    file: "apps/worker/src/run/preflight.ts",
    from: 'return isPatient(run) ? new Parked(told, lookAgainMs) : new Stopped("stack_busy", told);',
    to: "return new Parked(told, lookAgainMs);",
    test: stacks,
    title: "fault 34: a stack that somebody else changes",
  },
  {
    row: "fault 36",
    file: "packages/aws/src/stacks/interventions.ts",
    from: "ResourcesToSkip = skip.length === 0 ? undefined : skip;",
    to: "ResourcesToSkip = skip.length === 0 ? undefined : [];",
    test: stacks,
    title: "fault 36: a rollback that failed",
  },
  {
    row: "fault 36",
    file: "packages/aws/src/stacks/stacks.ts",
    from: "/failed to update: \\[([^\\]]*)\\]/",
    to: "/failed to delete: \\[([^\\]]*)\\]/",
    test: stacks,
    title: "fault 36: a rollback that failed",
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
    row: "fault 50",
    file: "apps/worker/src/run/fact-book.ts",
    from: "stackEventBefore: await stack.findLastEvent() };",
    to: 'stackEventBefore: "none" };',
    test: stacks,
    title: "fault 50: a worker whose clock is ten minutes off",
  },
  {
    row: "fault 35",
    file: "apps/worker/src/run/preflight.ts",
    from: "if (wished === null || repairOf",
    to: "if (wished === null || work.waitedMs !== null || repairOf",
    test: stacks,
    title: "fault 35: a first creation that failed blocks",
  },
  {
    row: "fault 54",
    file: "apps/worker/src/run/settle.ts",
    from: "parkWhatMoves(stack, isCancelled)",
    to: "parkWhatMoves(stack, false)",
    test: stacks,
    title: "fault 54: a change that hangs, and whose cancellation",
  },
  {
    row: "fault 54",
    file: "apps/worker/src/run/undo.ts",
    from: "refusalOf(asked) ?? `Cancel",
    to: "`Cancel",
    test: stacks,
    title: "fault 54: what a role may not do is told of as that",
  },
];
