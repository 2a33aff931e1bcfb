import { access, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCli } from "../plan/cli.ts";
import { readPlan } from "../plan/plan.ts";
import { createBench } from "../testing/bench.ts";
import { checkOutIn } from "../testing/check-out.ts";
import { cleanUp } from "../testing/clean-up.ts";
import { startGitServer } from "../testing/git-server.ts";
import { readBeneath } from "../workspace.ts";

const token = "ghs_canaryOfTheToken4715";
const canary = "canary-of-the-host-4715";

let server: Awaited<ReturnType<typeof startGitServer>>;
let bench: Awaited<ReturnType<typeof createBench>>;
let outside: string;
beforeAll(async () => {
  server = await startGitServer(token);
  bench = await createBench({}, { git: new URL(server.cloneUrl) });
  outside = await mkdtemp(join(tmpdir(), "outside-"));
  await writeFile(join(outside, "package.json"), JSON.stringify({ packageManager: canary, engines: { node: canary } }));
  await writeFile(join(outside, "serverless.yml"), `${canary}: [`);
});
afterAll(async () => {
  await bench.close();
  await server.stop();
  await rm(outside, { recursive: true });
});

const checkOut = (sha: string, submodules = false) =>
  checkOutIn(bench, sha, { cloneUrl: server.cloneUrl, token, submodules });

/** What a repository made run leaves this behind. */
const wasRun = () =>
  access(join(bench.workspace.repository, "pwned")).then(
    () => true,
    () => false,
  );

test("threat 27: names a branch after an option of git's: the commit is fetched, and nothing runs", async () => {
  for (const name of ["--upload-pack=touch pwned;", "-c", "--config=core.sshCommand=touch pwned"])
    await server.git("update-ref", `refs/heads/${name.replaceAll(" ", "\u00a0")}`, "HEAD").catch(() => undefined);
  const sha = await server.commit({ "a.txt": "a" });
  expect((await checkOut(sha)).exit).toEqual({ kind: "exited", code: 0 });
  expect(await wasRun()).toBe(false);
});

test.each(["--upload-pack=touch pwned", "HEAD", "refs/heads/main", "-h", "", `${"a".repeat(40)} --exec=x`])(
  "threat 27: gives %j for a commit: refused before git is asked",
  async (sha) => {
    await expect(checkOut(sha)).rejects.toThrow("is no commit");
    expect(await wasRun()).toBe(false);
  },
);

test("threat 29: brings submodules with hooks, filters, odd protocols and a path of CVE-2025-48384: nothing of it is fetched or run", async () => {
  const hook = "#!/bin/sh\ntouch /workspace/pwned\n";
  const files = {
    ".gitmodules": [
      '[submodule "ext"]\n\tpath = ext\n\turl = ext::touch /workspace/pwned\n\tupdate = !touch /workspace/pwned\n',
      `[submodule "sub"]\n\tpath = "sub\r"\n\turl = ${server.cloneUrl}\n`,
      '[submodule "x/../../../.git/hooks"]\n\tpath = hooks\n\turl = ../repository\n',
    ].join(""),
    ".gitattributes": "* filter=evil diff=evil merge=evil\n*.bin filter=lfs\n",
    ".gitconfig": '[filter "evil"]\n\tsmudge = touch /workspace/pwned\n[core]\n\tfsmonitor = touch /workspace/pwned\n',
    ".lfsconfig": "[lfs]\n\turl = http://169.254.169.254/\n",
    "large.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "hooks/post-checkout": hook,
    ".githooks/post-checkout": hook,
    // A repository inside the repository, whose own settings would run a program.
    "bare/HEAD": "ref: refs/heads/main\n",
    "bare/config": "[core]\n\tbare = true\n\tfsmonitor = touch /workspace/pwned\n",
    "bare/objects/.keep": "",
    "bare/refs/.keep": "",
  };
  await server.commit(files);
  await server.link("sub\r", "1".repeat(40));
  await symlinkInRepository("sub", ".git/hooks");
  await server.git("commit", "--quiet", "--message", "submodules");
  const sha = await server.git("rev-parse", "HEAD");
  const { exit, text } = await checkOut(sha);
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(await wasRun()).toBe(false);
  expect(await readdir(join(bench.workspace.repository, ".git"))).not.toContain("modules");
  expect(bench.refused).toEqual([]);
});

const elsewhere = "https://elsewhere.example/";

test.each([
  ["a program for an address", "x", "ext::touch /workspace/pwned", "transport 'ext' not allowed"],
  ["a program for its update", "x", "../repository\n\tupdate = !touch /workspace/pwned", "invalid value for"],
  ["a path of the host's", "x", "file:///usr", "transport 'file' not allowed"],
  ["a name that leads out", "x/../../../.git/hooks", "../repository", "ignoring suspicious submodule name"],
  ["an option for an address", "x", "--upload-pack=touch pwned", "may be interpreted as a command-line option"],
  ["another server", "x", elsewhere, "blocked: localhost"],
])(
  "threat 29: brings submodules that are asked for, with %s: nothing runs, and no token is told",
  async (_, name, url, because) => {
    const other = await startGitServer("none");
    cleanUp(() => other.stop());
    const attack = await server.repository(crypto.randomUUID());
    await attack.link("x", await server.commit({ "linked.txt": crypto.randomUUID() }));
    const modules = `[submodule "${name}"]\n\tpath = x\n\turl = ${url.replace(elsewhere, other.cloneUrl)}\n`;
    const sha = await attack.commit({ ".gitmodules": modules });
    await bench.run(["find", ".", "-mindepth", "1", "-delete"]);
    const { exit, text } = await checkOutIn(bench, sha, { cloneUrl: attack.cloneUrl, token, submodules: true });
    expect(exit).not.toEqual({ kind: "exited", code: 0 });
    expect(text).toContain(because);
    expect(await wasRun()).toBe(false);
    expect(other.refused).toEqual([]);
  },
);

/** A link in the commit that comes next. */
async function symlinkInRepository(path: string, target: string): Promise<void> {
  const file = await mkdtemp(join(tmpdir(), "target-"));
  cleanUp(() => rm(file, { recursive: true }));
  await writeFile(join(file, "target"), target);
  const blob = await server.git("hash-object", "-w", join(file, "target"));
  await server.git("update-index", "--add", "--cacheinfo", `120000,${blob},${path}`);
}

test("threat 30: looks for the token of the checkout in every file, variable and setting that install sees: gone", async () => {
  expect((await checkOut(await server.commit({ "b.txt": "b" }))).exit).toEqual({ kind: "exited", code: 0 });
  const { text } = await bench.run([
    "sh",
    "-c",
    `cat .git/config; git config --list --show-origin; git remote -v; cat /proc/*/environ /proc/*/cmdline
     grep -rs ${token.slice(0, 12)} / --exclude-dir=proc --exclude-dir=usr --exclude-dir=tools; echo looked`,
  ]);
  expect(text).toMatch(/looked\n$/);
  expect(text).toContain("[core]");
  expect(text).not.toContain(token);
  expect(text).not.toContain(Buffer.from(`x-access-token:${token}`).toString("base64"));
});

test.each(["../../..", "/etc", "link", "link/deeper", "a/../../../.."])(
  "threat 32: has %s as its base directory: nothing outside is read, and nothing runs there",
  async (directory) => {
    const link = join(bench.workspace.repository, "link");
    await symlink(outside, link);
    cleanUp(() => rm(link));
    const plan = await readPlan(bench.workspace, directory);
    expect(plan.problem?.message).toMatch(/is not in the repository/);
    expect(JSON.stringify(plan)).not.toContain(canary);
    const { exit, text } = await bench.run(["pwd"], { directory });
    expect(exit).toEqual({ kind: "exited", code: 1 });
    expect(text).toMatch(/is not in the repository/);
  },
);

test("threat 32: swaps a directory for a link between the look and the reading: what is outside is never read", async () => {
  const place = join(bench.workspace.repository, "swapped");
  const parked = join(bench.workspace.repository, "parked");
  const { repository } = bench.workspace;
  await bench.run(["sh", "-c", "mkdir swapped; echo inside > swapped/package.json"]);
  await symlink(outside, parked);
  const read = new Map<string | null, number>();
  let swaps = 0;
  const swapping = (async () => {
    for (; swaps < 3_000; swaps += 1) {
      await rename(place, `${place}-away`);
      await rename(parked, place);
      await rename(place, parked);
      await rename(`${place}-away`, place);
    }
  })();
  while (swaps < 3_000) {
    const text = await readBeneath(repository, "swapped/package.json");
    read.set(text, (read.get(text) ?? 0) + 1);
  }
  await swapping;
  // Both were seen, or nothing was raced for.
  expect([...read.keys()].toSorted()).toEqual(["inside\n", null].toSorted());
});

test("threat 33: reads beyond the repository by the framework's own variables, and every variable of the environment: none of the worker's", async () => {
  process.env.BRANCHLINE_CANARY = canary;
  cleanUp(() => delete process.env.BRANCHLINE_CANARY);
  const dump = `const { readFileSync } = require("node:fs");
    const read = (path) => { try { return readFileSync(path, "utf8"); } catch (error) { return error.code; } };
    module.exports = () => ({ environment: process.env, worker: read("/proc/1/environ"), host: read("${outside}/serverless.yml") });`;
  const service = await createBench({
    "services/a/serverless.yml": `service: victim
provider: { name: aws, runtime: nodejs24.x }
custom:
  sibling: \${file(../../../neighbour.yml), "nothing"}
  host: \${file(${outside}/package.json), "nothing"}
  variable: \${env:BRANCHLINE_CANARY, "nothing"}
  dump: \${file(dump.js)}
functions: { hello: { handler: hello.handler } }
`,
    "services/a/dump.js": dump,
  });
  cleanUp(() => service.close());
  await writeFile(join(dirname(service.workspace.repository), "neighbour.yml"), `secret: ${canary}\n`);
  const plan = await readPlan(service.workspace, "services/a");
  const cli = await findCli(service.workspace, plan);
  const { exit, text } = await service.run(["node", cli.path, "print"], { directory: "services/a" });
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(text).toContain("HOME: /home/build");
  expect(text).toContain("host: ENOENT");
  expect(text).not.toContain(canary);
});
