import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "./child.ts";
import { nodeBinary } from "./paths.ts";
import { until } from "./until.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "branchline-child-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
const optionsOf = (script: string) => ({
  name: "The child",
  command: nodeBinary,
  args: ["-e", script],
  environment: { PATH: process.env.PATH },
  logFile: join(directory, "child.log"),
  isReady: (line: string) => line === "ready",
});

test("a child that ends before it is ready is told with its own words", async () => {
  await expect(startChild(optionsOf("console.error('no port'); process.exit(3)"))).rejects.toThrow("no port");
});

test("a child that says nothing in time is ended", async () => {
  const options = { ...optionsOf("setInterval(() => {}, 1000)"), readyTimeoutMs: 300 };
  await expect(startChild(options)).rejects.toThrow("not ready in time");
});

test("stopping a child ends what it started, too", async () => {
  const script = `
    const { spawn } = require("node:child_process");
    console.log(spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]).pid);
    setTimeout(() => console.log("ready"), 10);
    setInterval(() => {}, 1000);`;
  let grandchild = 0;
  const options = optionsOf(script);
  const child = await startChild({
    ...options,
    isReady: (line) => {
      if (/^\d+$/.test(line)) grandchild = Number(line);
      return line === "ready";
    },
  });
  expect(isAlive(grandchild)).toBe(true);
  await child.stop();
  await until("the grandchild is gone", 30_000, async () => (isAlive(grandchild) ? null : true));
});

test("a frozen child is stopped as any other", async () => {
  const script = "process.on('SIGTERM', () => process.exit(7)); console.log('ready'); setInterval(() => {}, 1000)";
  const child = await startChild(optionsOf(script));
  child.freeze();
  await child.stop();
  // Its own: who hears nothing is killed in the end, and has none.
  expect(await child.exited).toBe(7);
});

test("a child does not outlive whoever started it, even when that is killed", async () => {
  const script = `
    import { startChild } from ${JSON.stringify(join(import.meta.dirname, "child.ts"))};
    const child = await startChild({
      name: "The child", command: process.execPath, args: ["-e", "console.log('ready'); setInterval(() => {}, 1000)"],
      environment: { PATH: process.env.PATH }, logFile: ${JSON.stringify(join(directory, "orphan.log"))},
      isReady: (line) => line === "ready",
    });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(nodeBinary, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = await new Promise<number>((resolve) => parent.stdout.once("data", (text) => resolve(Number(text))));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until("the child is gone", 30_000, async () => (isAlive(pid) ? null : true));
});
