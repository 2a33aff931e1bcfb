import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createBench } from "./testing/bench.ts";
import { cleanUp } from "./testing/clean-up.ts";

test("threat 34: leaves a tree that is deeper than any path, closed to its owner, or full of links out: removed, and nothing else", async () => {
  const bench = await createBench({});
  const outside = await mkdtemp(join(tmpdir(), "outside-"));
  cleanUp(() => rm(outside, { recursive: true }));
  await writeFile(join(outside, "kept"), "");
  const name = "d".repeat(200);
  const script = `import os
for _ in range(200):
    os.mkdir("${name}"); os.chdir("${name}")
os.chdir("/home/build")
os.makedirs("closed/inner"); os.chmod("closed", 0)
os.symlink("${outside}", "out"); os.symlink("/", "root"); os.mkfifo("pipe")`;
  const { exit, text } = await bench.run(["python3", "-c", script]);
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  await bench.close();
  await expect(access(dirname(bench.workspace.repository))).rejects.toThrow("ENOENT");
  await access(join(outside, "kept"));
});
