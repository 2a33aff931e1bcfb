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
];
