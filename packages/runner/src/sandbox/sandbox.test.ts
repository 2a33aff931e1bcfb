import { afterAll, beforeAll, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
beforeAll(async () => {
  bench = await createBench({ "a/b.txt": "hello" });
}, 120_000);
afterAll(() => bench.close());

const canary = "canary-of-the-host-4711";

test("a step runs where it should, with its own variables and exit code", async () => {
  const { exit, text } = await bench.run(["sh", "-c", "pwd; cat b.txt; echo $GREETING; exit 7"], {
    directory: "a",
    environment: { GREETING: "hi" },
  });
  expect(exit).toEqual({ kind: "exited", code: 7 });
  expect(text).toBe("/workspace/a\nhellohi\n");
});

test("a build sees no variable, process or file of the host", async () => {
  process.env.BRANCHLINE_CANARY = canary;
  const { text } = await bench.run([
    "sh",
    "-c",
    "cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'; ls / /home /root /work 2>&1; id -u",
  ]);
  delete process.env.BRANCHLINE_CANARY;
  expect(text).not.toContain(canary);
  expect(text).not.toContain("DATABASE_URL");
  expect(text).toMatch(/cannot access '\/root'/);
  expect(text.trimEnd()).toMatch(/1000$/);
});

test("a secret of a step is in no argument", async () => {
  const secret = "s3cret-value";
  const { text } = await bench.run(["sh", "-c", "cat /proc/*/cmdline | tr '\\0' ' '; printenv SECRET | rev"], {
    environment: { SECRET: secret },
  });
  expect(text).toContain([...secret].reverse().join(""));
  expect(text).not.toContain(secret);
});

test("a build has no file open but its standard ones", async () => {
  const { text } = await bench.run(["ls", "-l", "/proc/self/fd"]);
  // Lines such as "lr-x------ 1 1000 1000 64 Nov 1 10:00 3 -> /proc/7/fd", of which the last is ls's own.
  const open = [...text.matchAll(/ (\d+) -> (\S+)/g)].filter(([, , target]) => !/^\/proc\/\d+\/fd$/.test(target ?? ""));
  expect(open.map(([, file]) => file)).toEqual(["0", "1", "2"]);
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
