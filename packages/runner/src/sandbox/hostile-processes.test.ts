import { spawn } from "node:child_process";
import { mkdtemp, open, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { repositoryRoot } from "@branchline/testing/paths";
import { newNap, sleepers } from "@branchline/testing/sleepers";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { numberOf, type SystemCall, systemCalls } from "../seccomp/system-calls.ts";
import { createBench } from "../testing/bench.ts";
import { cleanUp } from "../testing/clean-up.ts";
import { systemFiles } from "./layout.ts";
import { spawnConfined } from "./spawn.ts";

const canary = "canary-of-the-host-4711";
const stepProgram = fileURLToPath(new URL("../testing/step.ts", import.meta.url));

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
beforeAll(async () => {
  bench = await createBench({});
});
afterAll(() => bench.close());

/** A process of the host beside the build. */
function onHost(argv: string[], environment: NodeJS.ProcessEnv = {}) {
  const [command = "", ...rest] = argv;
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUp(() => child.kill("SIGKILL"));
  return child;
}

/** A time to sleep for. Who still sleeps when the test is over is ended. */
function nap(): string {
  const seconds = newNap();
  cleanUp(async () => {
    for (const { pid } of await sleepers(seconds)) process.kill(pid, "SIGKILL");
  });
  return seconds;
}

/** Until so many processes sleep for that long. */
const counted = (seconds: string, count: number) =>
  until(`${count} processes`, 30_000, async () => ((await sleepers(seconds)).length === count ? true : null));

test("threat 15: reads every environment in /proc: no variable of the worker's or of the host's", async () => {
  process.env.BRANCHLINE_CANARY = canary;
  onHost(["sleep", "60"], { BRANCHLINE_CANARY: canary });
  const { text } = await bench.run(["sh", "-c", "cat /proc/*/environ | tr '\\0' '\\n'"], {
    environment: { OWN: "own" },
  });
  delete process.env.BRANCHLINE_CANARY;
  expect(text).toContain("OWN=own");
  expect(text).not.toContain(canary);
});

test("threat 16: reads every command line in /proc: no secret of its own step, no process of the host", async () => {
  onHost([process.execPath, "-e", "setTimeout(() => 0, 60_000)", canary]);
  const { text } = await bench.run(["sh", "-c", "cat /proc/*/cmdline | tr '\\0' ' '; printenv SECRET | rev"], {
    environment: { SECRET: canary },
    files: { "/run/branchline/secret": canary },
  });
  expect(text).toContain([...canary].reverse().join(""));
  expect(text).toContain("/proc/*/cmdline");
  expect(text).not.toContain(canary);
});

test("threat 17: lists its open files: standard input, output and error", async () => {
  const directory = await mkdtemp(join(tmpdir(), "open-"));
  cleanUp(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "secret"), canary);
  const secret = await open(join(directory, "secret"));
  cleanUp(() => secret.close());
  // Whoever starts the worker may leave any number open; Node looks after the first few.
  const holes = Array.from({ length: 56 }, (_, number) => (number < 3 ? "pipe" : "ignore"));
  const worker = spawn(
    process.execPath,
    [stepProgram, "sh", "-c", "ls -l /proc/self/fd; cat /proc/self/fd/[0-9]* <&-"],
    {
      stdio: [...holes, secret.fd],
    } as never,
  );
  const said = await textOf(worker.stdout as Readable);
  // Lines such as "lr-x------ 1 1000 1000 64 Nov 1 10:00 3 -> /proc/7/fd", of which the last is ls's own.
  const files = [...said.matchAll(/ (\d+) -> (\S+)/g)].filter(
    ([, , target]) => !/^\/proc\/\d+\/fd$/.test(target ?? ""),
  );
  expect(files.map(([, file]) => file)).toEqual(["0", "1", "2"]);
  expect(said).not.toContain(canary);
});

test("threat 22: leaves daemons behind sessions and forks of their own: none survives the step", async () => {
  const seconds = nap();
  const daemons = `setsid sh -c 'sleep ${seconds} & exec sleep ${seconds}' & (sleep ${seconds} &)`;
  const { exit } = await bench.run(
    ["sh", "-c", `{ ${daemons}; } >/dev/null 2>&1; echo started; until test -e go; do sleep 0.02; done`],
    {
      output: async () => {
        await counted(seconds, 3);
        await writeFile(join(bench.workspace.repository, "go"), "");
      },
    },
  );
  expect(exit).toEqual({ kind: "exited", code: 0 });
  expect(await sleepers(seconds)).toEqual([]);
});

test("threat 22: its worker is killed: nothing survives the worker", async () => {
  const seconds = nap();
  // What could tell the others to end is stopped.
  const script = `setsid sleep ${seconds} & kill -STOP $PPID; exec sleep ${seconds}`;
  const worker = onHost([process.execPath, stepProgram, "sh", "-c", script], { HOME: process.env.HOME });
  await counted(seconds, 2);
  worker.kill("SIGKILL");
  await counted(seconds, 0);
});

test("threat 22: stops what would end it, and is killed: nothing survives", async () => {
  const lost = await createBench({});
  cleanUp(() => lost.close());
  const seconds = nap();
  const running = lost.run(["sh", "-c", `kill -STOP $PPID; setsid sleep ${seconds} & exec sleep ${seconds}`]);
  await counted(seconds, 2);
  lost.kill();
  await running;
  expect(await sleepers(seconds)).toEqual([]);
});

/** Arguments with which a call would do something; the others are called with zeros. */
const telling: Partial<Record<SystemCall, number>> = {
  clone: 0x1000_0011,
  unshare: 0x1000_0000,
  personality: 0x0040_0000,
  socket: 40,
};

test("threat 23: makes every call that opens the kernel: each is refused", async () => {
  const calls = systemCalls.flatMap((name) => {
    const number = numberOf(name, process.arch as "x64" | "arm64");
    return number === null ? [] : [[name, number, telling[name] ?? 0]];
  });
  const script = `
import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
def ask(number, argument):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(number, argument, 0, 0, 0, 0, 0) == -1 else 0
print(json.dumps({name: ask(number, argument) for name, number, argument in ${JSON.stringify(calls)}}))`;
  const { text } = await bench.run(["python3", "-c", script]);
  const refused = Object.fromEntries(calls.map(([name]) => [name, 1]));
  expect(JSON.parse(text)).toEqual({ ...refused, clone3: 38, socket: 97 });
});

test("threat 23: looks for a capability, and for a way to gain one: none", async () => {
  const { text } = await bench.run(["cat", "/proc/self/status"]);
  for (const capabilities of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
    expect(text).toContain(`${capabilities}:\t0000000000000000\n`);
  expect(text).toContain("NoNewPrivs:\t1\n");
  expect(text).toContain("Seccomp:\t2\n");
});

test.each(["nested_users", "system_calls"] as const)(
  "threat 23: makes users of its own: refused, were %s the only control",
  async (part) => {
    const confinement = {
      parts: new Set([part]),
      user: bench.workspace.user,
      files: systemFiles,
      joins: [],
      fileBytes: 4096,
    };
    const child = spawnConfined(confinement, ["/bin/sh", "-c", "unshare --user echo made 2>&1"]);
    expect(await textOf(child.stdout)).toMatch(/^unshare: unshare failed/);
  },
);

test.runIf(process.arch === "x64")("threat 23: calls the kernel as a 32-bit program does: killed", async () => {
  const script = `
import ctypes, mmap, os
if os.fork() == 0:
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes.fromhex("b814000000cd80c3"))
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    os._exit(0)
print(os.WTERMSIG(os.wait()[1]))`;
  expect((await bench.run(["python3", "-c", script])).text).toBe("31\n");
});

test("threat 24: looks for root: its user is no one else's, and not root on the machine either", async () => {
  const seconds = nap();
  const users = new Set<number>();
  const { text } = await bench.run(
    ["sh", "-c", `touch made; id -u; sleep ${seconds} & until test -e seen; do sleep 0.02; done`],
    {
      output: async () => {
        await counted(seconds, 1);
        for (const { user } of await sleepers(seconds)) users.add(user);
        await writeFile(join(bench.workspace.repository, "seen"), "");
      },
    },
  );
  expect(text).toBe("1000\n");
  expect([...users]).toEqual([bench.workspace.user ?? process.getuid?.()]);
  expect(users).not.toContain(0);
  expect((await stat(join(bench.workspace.repository, "made"))).uid).toBe([...users][0]);
});

test.runIf(process.getuid?.() === 0)(
  "threat 24: looks for root where the worker is not root: its user is the worker's",
  async () => {
    const seconds = nap();
    // Another user may not reach the folder of whoever runs the tests, so it gets it elsewhere.
    const elsewhere = (path: string) => path.replace(repositoryRoot, "/srv/repository");
    const moved = ["--tmpfs", "/srv", "--ro-bind", repositoryRoot, elsewhere(repositoryRoot), "--chdir", "/"];
    const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const step = [...[process.execPath, stepProgram].map(elsewhere), "sh", "-c", `id -u; exec sleep ${seconds}`];
    const argv = ["bwrap", "--dev-bind", "/", "/", ...moved, "--", ...asNobody, ...step];
    const worker = onHost(argv, { HOME: "/nonexistent" });
    const said = textOf(worker.stdout);
    await counted(seconds, 1);
    const found = await sleepers(seconds);
    for (const { pid } of found) process.kill(pid);
    expect(await said).toBe("1000\n");
    expect(found.map(({ user }) => user)).toEqual([65534]);
  },
);

test("threat 24: writes to the machine's programs, the tools of all builds and what it was started from: refused", async () => {
  const places =
    "/ /usr /usr/bin/git /etc /etc/passwd /opt /opt/tools/node_modules /opt/node/bin/node /opt/branchline/launch.cjs /dev /proc/sys/kernel/core_pattern";
  const { text } = await bench.run([
    "sh",
    "-c",
    `for place in ${places}; do test -w $place && echo "$place"; done; echo done`,
  ]);
  expect(text).toBe("done\n");
});
