import type { Mutation } from "./mutation.ts";

const failover = {
  row: "fault 11",
  file: "packages/queue/src/connection.ts",
  test: "packages/queue/src/failover.test.ts",
  title: "fault 11: whoever rings and whoever listens go on unaided",
} as const;

export const queue: readonly Mutation[] = [
  { ...failover, from: 'error.message.includes("READONLY")', to: "error.message === undefined" },
  { ...failover, from: "maxRetriesPerRequest: null, socketTimeout: silentMs", to: "maxRetriesPerRequest: null" },
  {
    row: "fault 10",
    file: "packages/queue/src/serve.ts",
    from: "if (isRefusal(error)) rest.afterRefusal();",
    to: "",
    test: "packages/queue/src/rest.test.ts",
    title: "fault 10: a Redis that is full is asked for jobs once a second",
  },
  {
    row: "fault 58",
    file: "packages/queue/src/serve.ts",
    from: "payload === undefined",
    to: "entry === undefined",
    test: "packages/queue/src/versions.test.ts",
    title: "fault 58: a worker leaves the jobs of a later version",
  },
  {
    row: "fault 58",
    file: "packages/queue/src/serve.ts",
    from: "throw new UnrecoverableError(`A later",
    to: "throw new Error(`A later",
    test: "packages/queue/src/versions.test.ts",
    title: "fault 58: a worker leaves the jobs of a later version",
  },
  {
    row: "fault 11",
    file: "packages/queue/src/canary.ts",
    from: "if (times === looksPerLimit) onDeaf(name);",
    to: "",
    test: "packages/queue/src/canary.test.ts",
    title: "a worker whose connections fell silent notices that it is deaf",
  },
  {
    row: "fault 12",
    file: "packages/queue/src/serve.ts",
    from: "now < concurrency && sinceAsked === 0 && !worker.isPaused()",
    to: "true",
    test: "packages/queue/src/canary.test.ts",
    title: "a worker whose connections fell silent notices that it is deaf",
  },
  {
    row: "fault 9",
    file: "packages/queue/src/doorbell.ts",
    from: "timestamp != null && processedOn == null",
    to: "processedOn == null",
    test: "packages/queue/src/queue.test.ts",
    title: "a bell whose job Redis lost without its mark",
  },
  {
    row: "fault 56",
    file: "packages/queue/src/doorbell.ts",
    from: ", keepLastIfActive: true",
    to: "",
    test: "apps/worker/src/jobs/deployment.admit.test.ts",
    title: "what is queued while an admission is under way",
  },
  {
    row: "fault 56",
    file: "packages/queue/src/doorbell.ts",
    from: "timestamp != null && processedOn == null",
    to: "timestamp != null",
    test: "packages/queue/src/queue.test.ts",
    title: "however often a bell rings while its job is under way, %s",
  },
];
