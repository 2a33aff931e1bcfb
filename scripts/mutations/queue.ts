import type { Mutation } from "./mutation.ts";

export const queue: readonly Mutation[] = [
  {
    row: "fault 10",
    file: "packages/queue/src/serve.ts",
    from: 'if (error.name === "ReplyError") rest.afterRefusal();',
    to: "",
    test: "packages/queue/src/rest.test.ts",
    title: "fault 10: a Redis that is full is asked for jobs once a second",
  },
];
