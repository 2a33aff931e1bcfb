import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { startChild } from "@branchline/testing/child";
import { testDatabase } from "@branchline/testing/database";
import { nodeBinary } from "@branchline/testing/paths";
import { expect, onTestFinished, test } from "vitest";

test("fault 5: a worker whose event loop never answers again ends itself, and says so", async () => {
  const { url, close } = await testDatabase();
  const directory = await mkdtemp(join(tmpdir(), "pacemaker-"));
  onTestFinished(async () => {
    await close();
    await rm(directory, { recursive: true, force: true });
  });
  const settings = { databaseUrl: url, hangLimitMs: 3_000 };
  const program = `
    import { startPacemaker } from ${JSON.stringify(new URL("./pacemaker.ts", import.meta.url).href)};
    startPacemaker(${JSON.stringify(settings)}, console);
    console.log("ready");
    setTimeout(() => { for (;;); }, 50);`;
  const main = join(directory, "main.mjs");
  await writeFile(main, program);
  const logFile = join(directory, "log");
  const child = await startChild({
    name: "A worker that hangs",
    command: nodeBinary,
    args: ["--no-warnings", main],
    environment: baseEnvironment(),
    logFile,
    isReady: (line) => line === "ready",
  });
  await child.exited;
  expect(await readFile(logFile, "utf8")).toContain("the event loop hangs, so this worker ends itself");
});
