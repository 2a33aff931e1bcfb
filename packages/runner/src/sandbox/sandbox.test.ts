import { afterAll, beforeAll, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
beforeAll(async () => {
  bench = await createBench({ "a/b.txt": "hello" });
});
afterAll(() => bench.close());

test("a step runs where it should, with its own variables and exit code", async () => {
  const { exit, text } = await bench.run(["sh", "-c", "pwd; cat b.txt; echo $GREETING; exit 7"], {
    directory: "a",
    environment: { GREETING: "hi" },
  });
  expect(exit).toEqual({ kind: "exited", code: 7 });
  expect(text).toBe("/workspace/a\nhellohi\n");
});

test.each(["../..", "/etc", "a/../../b"])("the directory %s does not lead out of the repository", async (directory) => {
  const { exit } = await bench.run(["pwd"], { directory });
  expect(exit).toEqual({ kind: "exited", code: 1 });
});
