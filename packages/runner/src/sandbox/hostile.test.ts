import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPlan } from "../plan/plan.ts";
import { createBench } from "../testing/bench.ts";
import { startFactChannel } from "./fact-channel.ts";

const canary = "canary-of-the-host-4712";
let bench: Awaited<ReturnType<typeof createBench>>;
let outside: string;
beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "outside-"));
  bench = await createBench({ "serverless.yml": "service: a\n" });
});
afterAll(async () => {
  await bench.close();
  await rm(outside, { recursive: true, force: true });
});

/** What a build's own client gets when it sends these bytes to the proxy. */
const speak = (bytes: string) => [
  "node",
  "-e",
  `const s = require("net").connect(3128, "127.0.0.1", () => s.write(${JSON.stringify(bytes)}));
   s.pipe(process.stdout); s.on("close", () => process.exit());`,
];

test.each([".nvmrc", "package.json", "serverless.yml", "yarn.lock"])(
  "a %s that links to a file of the worker's is not read",
  async (name) => {
    const hostile = await createBench({});
    const secret = join(outside, name);
    await writeFile(secret, `{"engines": {"node": "${canary}"}, "packageManager": "${canary}"}\n${canary}: [`);
    await symlink(secret, join(hostile.workspace.repository, name));
    const plan = await readPlan(hostile.workspace, "");
    await hostile.close();
    expect(JSON.stringify(plan)).not.toContain(canary);
  },
);

test.each([
  "CONNECT :443 HTTP/1.1\r\nhost: x\r\n\r\n",
  "CONNECT [::zz]:443 HTTP/1.1\r\nhost: x\r\n\r\n",
  "CONNECT %:443 HTTP/1.1\r\nhost: x\r\n\r\n",
  "CONNECT a:99999 HTTP/1.1\r\nhost: x\r\n\r\n",
  "GET http://%zz/ HTTP/1.1\r\nhost: x\r\n\r\n",
  "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
])("the proxy answers %j and lives on", async (bytes) => {
  expect((await bench.run(speak(bytes), { allow: ["*"] })).text).toMatch(/^HTTP\/1\.1 400/);
});

test("an upstream that breaks off in the middle ends the build's request, and nothing else", async () => {
  const broken = createServer((_request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half", () => response.socket?.resetAndDestroy());
  });
  await new Promise<void>((resolve) => broken.listen(0, "127.0.0.1", resolve));
  const { port } = broken.address() as { port: number };
  const routed = await createBench({}, { routes: { "broken.example:80": `127.0.0.1:${port}` } });
  const bytes = "GET http://broken.example/ HTTP/1.1\r\nhost: broken.example\r\n\r\n";
  const { text } = await routed.run(speak(bytes), { allow: ["broken.example"] });
  const again = await routed.run(speak("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  await routed.close();
  broken.close();
  expect(text).toMatch(/^HTTP\/1\.1 200/);
  expect(again.text).toMatch(/^HTTP\/1\.1 400/);
});

test.each(["127.0.0.1", "localhost"])("a test of the build's own reaches its own server on %s", async (host) => {
  const script = `require("http").createServer((q, r) => r.end("own")).listen(0, "${host}", async function () {
    process.stdout.write(await (await fetch("http://${host}:" + this.address().port)).text()); process.exit(); })`;
  const { exit, text } = await bench.run(["node", "-e", script]);
  expect({ exit, text }).toEqual({ exit: { kind: "exited", code: 0 }, text: "own" });
});

test("a build can't take the place of one of the worker's sockets", async () => {
  const { text } = await bench.run(["sh", "-c", "touch /opt/branchline-sockets/credentials.sock 2>&1"]);
  expect(text).toMatch(/Read-only file system/);
});

test("a fact without an end is cut off", async () => {
  const channel = await startFactChannel(bench.workspace, async () => null);
  const socket = connect(join(bench.workspace.sockets, "facts.sock"));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  socket.write("x".repeat(8 * 1024 * 1024));
  await closed;
  await channel.stop();
});

test("a step that never ends is ended, and the limit is named", async () => {
  const { exit } = await bench.run(["sh", "-c", "while :; do echo still; sleep 0.05; done"], { timeoutMs: 400 });
  expect(exit).toEqual({ kind: "timed_out", limit: "total" });
});
