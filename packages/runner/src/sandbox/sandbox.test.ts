import { afterAll, beforeAll, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
beforeAll(async () => {
  bench = await createBench({ "a/b.txt": "hello" });
}, 120_000);
afterAll(() => bench.close());

test("a step runs where it should, with its own variables and exit code", async () => {
  const { exit, text } = await bench.run(["sh", "-c", "pwd; cat b.txt; echo $GREETING; exit 7"], {
    directory: "a",
    environment: { GREETING: "hi" },
  });
  expect(exit).toEqual({ kind: "exited", code: 7 });
  expect(text).toBe("/workspace/a\nhellohi\n");
});

test("the network ends at the proxy, which says what it refuses", async () => {
  const direct = await bench.run(["git", "ls-remote", "http://169.254.169.254/x.git"], {
    allow: ["*"],
    environment: { HTTP_PROXY: "", http_proxy: "" },
  });
  expect(direct.exit).not.toEqual({ kind: "exited", code: 0 });
  await bench.run(["git", "ls-remote", "http://169.254.169.254/x.git"], { allow: ["*"] });
  await bench.run(["git", "ls-remote", "https://example.com/x.git"], { allow: ["registry.example"] });
  expect(bench.refused).toContain("blocked: 169.254.169.254, instance metadata");
  expect(bench.refused).toContain("blocked: example.com, not allowed in this phase");
});

test.each(["../..", "/etc", "a/../../b"])("the directory %s does not lead out of the repository", async (directory) => {
  const { exit } = await bench.run(["pwd"], { directory });
  expect(exit).toEqual({ kind: "exited", code: 1 });
});
