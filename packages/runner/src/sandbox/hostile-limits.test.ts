import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "@branchline/testing/until";
import { execa } from "execa";
import { afterEach, expect, test } from "vitest";
import type { Limits } from "../limits/limits.ts";
import { createBench } from "../testing/bench.ts";

const megabyte = 1024 * 1024;
let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function under(limits: Partial<Limits>) {
  const bench = await createBench({}, { limits });
  close = bench.close;
  return bench;
}

const limited = (limit: string, measure: string) => ({
  kind: "limited",
  limit,
  sentence: expect.stringContaining(measure),
});

test.each([
  ["its own", "dd if=/dev/zero of=/dev/null bs=600M count=1"],
  ["/tmp's", "dd if=/dev/zero of=/tmp/x bs=1M count=600"],
  ["a child's, which it does not miss", "dd if=/dev/zero of=/dev/null bs=600M count=1; sleep 60"],
])(
  "fault 41: a build that takes too much memory (%s) ends with that reason, and the next one runs",
  async (_, waste) => {
    const bench = await under({ memoryBytes: 256 * megabyte });
    expect((await bench.run(["sh", "-c", waste])).exit).toEqual(limited("memory", "256 MB"));
    expect((await bench.run(["true"])).exit).toEqual({ kind: "exited", code: 0 });
  },
);

test("threat 25: forks without an end: ended with the reason, and its neighbour is served meanwhile", async () => {
  const bench = await under({ processes: 100 });
  const neighbour = await createBench({});
  // It has an end, far beyond the limit: with the guard switched off it must not take this machine down.
  const bomb = 'bomb() { [ "$1" -gt 11 ] || { bomb $(($1 + 1)) | bomb $(($1 + 1)) & } }; bomb 1; sleep 60';
  const bombing = bench.run(["sh", "-c", bomb]);
  const served = await neighbour.run(["node", "-e", "console.log('served')"], { timeoutMs: 20_000 });
  await neighbour.close();
  expect(served).toEqual({ exit: { kind: "exited", code: 0 }, text: "served\n" });
  expect((await bombing).exit).toEqual(limited("processes", "100 processes"));
});

/** How often the kernel held this process's step back since it began. Its group goes with it. */
async function timesThrottled(directory: string): Promise<number> {
  const name = (await readdir(directory)).find((each) => each.startsWith(`branchline-${process.pid}-`)) ?? "";
  const stat = await readFile(join(directory, name, "cpu.stat"), "utf8");
  return Number(/^nr_throttled (\d+)$/m.exec(stat)?.[1]);
}

test("threat 25: takes every core there is: is held back by the kernel, again and again", async () => {
  // So small a share that it is used up also where the machine has little time to give.
  const bench = await under({ cpus: 0.1 });
  const { directory = "" } = bench.machine.hierarchies.cpu ?? {};
  let begun = false;
  const output = async () => {
    begun = true;
  };
  const loops = bench.run(["sh", "-c", "for each in 1 2 3 4; do while :; do :; done & done; echo; wait"], { output });
  try {
    await until("the loops have begun", 30_000, async () => begun || null);
    const before = await timesThrottled(directory);
    await until("they are held back", 30_000, async () => (await timesThrottled(directory)) > before + 2 || null);
  } finally {
    bench.kill();
    await loops;
  }
});

test.each([
  ["bytes", "for i in $(seq 100); do dd if=/dev/zero of=$i bs=1M count=2 2>/dev/null; sleep 0.05; done", "40 MB"],
  ["files", "for i in $(seq 3000); do : > $i; done; sleep 60", "2,000 files"],
])("threat 25: fills the disk with %s: ended when its share is used up", async (_, fill, measure) => {
  const bench = await under({ diskBytes: 40 * megabyte, diskFiles: 2_000 });
  expect((await bench.run(["sh", "-c", fill])).exit).toEqual(limited("disk", measure));
});

test("fault 40: a build that fills the worker's disk ends with that reason; its neighbour goes on, and no other begins until there is room", async () => {
  const program = fileURLToPath(new URL("../testing/full-disk.ts", import.meta.url));
  const ownDisk = [
    "--dev-bind",
    "/",
    "/",
    "--size",
    String(64 * megabyte),
    "--tmpfs",
    "/srv",
    "--setenv",
    "TMPDIR",
    "/srv",
  ];
  const { stdout } = await execa("bwrap", [...ownDisk, "--", process.execPath, program]);
  expect(JSON.parse(stdout)).toEqual({
    filled: { kind: "limited", limit: "worker_disk", sentence: expect.stringContaining("This worker's disk") },
    wentOn: { kind: "exited", code: 0 },
    hadRoom: false,
    hasRoom: true,
  });
});

test.each([
  ["truncate -s 100G sparse", "at once"],
  ["dd if=/dev/zero of=large bs=1M count=100 conv=notrunc", "byte by byte"],
  ['python3 -c \'open("large", "wb").write(bytes(100 << 20))\' || exit 3', "in a program that catches it"],
])("threat 34: makes a file that is too large (%s), %s: refused, with the reason", async (make) => {
  const bench = await under({ fileBytes: 8 * megabyte });
  expect((await bench.run(["sh", "-c", make])).exit).toEqual(limited("file", "8 MB"));
});
