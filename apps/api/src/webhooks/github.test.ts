import { createHmac, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { createStatements, type Statements } from "@branchline/db/statements";
import { createDoorbell, type Doorbell } from "@branchline/queue";
import { type TestDatabase, testDatabase, testRedis } from "@branchline/testing/database";
import examples from "@octokit/webhooks-examples";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../app.ts";
import { type Listening, listen } from "../listen.ts";

const secret = "the webhook's secret";
const rung: string[] = [];
let database: TestDatabase;
let statements: Statements;
let queue: Doorbell;
let server: Listening;
let closeRedis: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
  const redis = await testRedis();
  closeRedis = redis.close;
  queue = createDoorbell({ redisUrl: redis.url, onFailure: () => undefined });
  const doorbell: Doorbell = {
    ...queue,
    async ring(bells) {
      rung.push(...bells.map((bell) => JSON.stringify(bell)));
      await queue.ring(bells);
    },
  };
  statements = createStatements(database.url, 5);
  const app = createApp({ statements, doorbell, webhookSecret: secret, log: pino({ level: "silent" }) });
  server = await listen(app, { port: 0, hostname: "127.0.0.1" });
});

afterAll(async () => {
  await server.stop();
  await queue.close();
  await statements.close();
  await closeRedis();
  await database.close();
});

beforeEach(async () => {
  rung.length = 0;
  await database.db.webhookDelivery.deleteMany();
});

const sampleOf = (event: string) =>
  JSON.stringify((examples as { name: string; examples: unknown[] }[]).find(({ name }) => name === event)?.examples[0]);
const push = sampleOf("push");
const signatureOf = (body: string | Buffer, algorithm = "sha256") =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
const stored = () => database.db.webhookDelivery.findMany();

type Wishes = { event?: string; deliveryId?: string; headers?: Record<string, string> };

function post(body: string, { event = "push", deliveryId = randomUUID(), headers = {} }: Wishes = {}) {
  return fetch(`http://127.0.0.1:${server.port}/webhooks/github`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": deliveryId,
      "x-hub-signature-256": signatureOf(body),
      ...headers,
    },
  });
}

describe("a delivery of GitHub", () => {
  test("is stored before it is answered, and rung for with 202", async () => {
    const deliveryId = randomUUID();
    const response = await post(push, { deliveryId });
    expect(response.status).toBe(202);
    const [row] = await stored();
    const body = JSON.parse(push);
    expect(row).toMatchObject({ id: deliveryId, event: "push", action: null, body, settledAt: null });
    expect(row?.repositoryGithubId).toBe(BigInt(body.repository.id));
    expect(rung).toEqual([JSON.stringify({ name: "github.receive", payload: { deliveryId } })]);
  });

  test("fault 19: a delivery that comes five times at once is stored once and answered with 202 each time", async () => {
    const deliveryId = randomUUID();
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(push, { deliveryId })));
    expect(responses.map((response) => response.status)).toEqual([202, 202, 202, 202, 202]);
    expect(await stored()).toHaveLength(1);
  });

  test("threat 2: a body sent again under new ids: stored as copies of the first, also when five come at once", async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const responses = await Promise.all(ids.map((deliveryId) => post(push, { deliveryId })));
    expect(responses.map((response) => response.status)).toEqual([202, 202, 202, 202, 202]);
    const rows = await stored();
    const [first, ...more] = rows.filter((row) => row.copyOf === null);
    expect([rows.length, more.length]).toEqual([5, 0]);
    expect(rows.filter((row) => row.copyOf === first?.id)).toHaveLength(4);
  });

  test("keeps none of those that come with it out, though Postgres can't store it", async () => {
    const bodies = ["1", "2", "1e400000", "3"].map((number) => push.replace("{", `{"number":${number},`));
    const responses = await Promise.all(bodies.map((body) => post(body)));
    expect(responses.map((response) => response.status)).toEqual([202, 202, 503, 202]);
    expect(await stored()).toHaveLength(3);
  });

  test.each([
    ["installation", sampleOf("installation")],
    ["installation_repositories", sampleOf("installation_repositories")],
    ["check_run", sampleOf("check_run")],
    ["ping", sampleOf("ping")],
  ])("of the event %s is stored", async (event, body) => {
    expect((await post(body, { event })).status).toBe(202);
    expect((await stored()).map((row) => row.event)).toEqual([event]);
  });

  test.each([
    ["NUL", "a\u0000b", "ab"],
    ["the letters of NUL", "strip \\u0000 and \\\\u0000", "strip \\u0000 and \\\\u0000"],
    ["half a surrogate pair", "a\ud800b", "a\ufffdb"],
    ["an emoji", "😀", "😀"],
  ])("whose commit message holds %s is stored", async (_, message, expected) => {
    const body = { ...JSON.parse(push), head_commit: { ...JSON.parse(push).head_commit, message } };
    expect((await post(JSON.stringify(body))).status).toBe(202);
    expect((await stored())[0]?.body).toMatchObject({ head_commit: { message: expected } });
  });
});

describe("nothing is stored and nobody is woken", () => {
  test.each([
    ["is missing", ""],
    ["is of another secret", `sha256=${createHmac("sha256", "guess").update(push).digest("hex")}`],
    ["is SHA-1", signatureOf(push, "sha1")],
    ["is cut short", signatureOf(push).slice(0, 20)],
    ["is of other bytes", signatureOf(`${push} `)],
  ])("threat 1: a webhook whose signature %s: 401, before anything of it is read", async (_, signature) => {
    expect((await post(push, { headers: { "x-hub-signature-256": signature } })).status).toBe(401);
    expect([await stored(), rung]).toEqual([[], []]);
  });

  test.each([
    ["a push is sent as installation", push, { event: "installation" }],
    ["a push is sent as an event that we do not read", push, { event: "star" }],
    ["a pull request is sent as push", sampleOf("pull_request"), { event: "push" }],
    ["an installation is sent as push", sampleOf("installation"), { event: "push" }],
    ["the body nests a hundred thousand levels", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, {}],
    ["the body is not JSON", "{", {}],
    ["the body is empty", "", {}],
    ["the event is not named", push, { event: "" }],
    ["the delivery has no id", push, { deliveryId: "" }],
  ])("threat 3: an event's name that its body does not fit, where %s: 400", async (_, body, wishes) => {
    expect((await post(body, wishes)).status).toBe(400);
    expect([await stored(), rung]).toEqual([[], []]);
  });

  test("threat 4: a body larger than 26 MB, whether it says so or not: 413", async () => {
    const body = "x".repeat(27 * 1024 * 1024);
    expect((await post(body)).status).toBe(413);
    const unsaid = await fetch(`http://127.0.0.1:${server.port}/webhooks/github`, {
      method: "POST",
      body: Readable.toWeb(Readable.from([Buffer.from(body)])) as ReadableStream,
      duplex: "half",
    } as RequestInit);
    expect(unsaid.status).toBe(413);
    expect([await stored(), rung]).toEqual([[], []]);
  });
});

describe("an attack on the door itself", () => {
  test("threat 4: two hundred bodies that never arrive: 408 after eight seconds, and others are answered meanwhile", async () => {
    const answers = Array.from({ length: 200 }, () => {
      const socket = connect(server.port, "127.0.0.1");
      socket.write("POST /webhooks/github HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
      return new Promise<string>((resolve) => {
        socket.once("data", (bytes) => {
          socket.destroy();
          resolve(String(bytes));
        });
      });
    });
    let isOver = false;
    void Promise.race(answers).then(() => {
      isOver = true;
    });
    for (let asked = 0; asked < 50; asked += 1) expect((await post(push)).status).toBe(202);
    expect(isOver).toBe(false);
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 408/);
    expect(await stored()).toHaveLength(50);
  });

  test("threat 4: a body with a key named __proto__: stored as text, and no object of ours has it", async () => {
    const body = push.replace(/^\{/, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
    expect((await post(body)).status).toBe(202);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const [row] = await stored();
    expect(JSON.stringify(row?.body)).toContain('"__proto__"');
  });
});
