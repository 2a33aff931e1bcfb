import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testRedis } from "@branchline/testing/database";
import { freePort } from "@branchline/testing/ports";
import { startValkey } from "@branchline/testing/valkey";
import { expect, onTestFinished, test, vi } from "vitest";
import { createTail } from "./tail.ts";

function tailOf(url: string) {
  const tail = createTail(url);
  onTestFinished(tail.close);
  return tail;
}

test("a hint reaches every reader of its deployment in every process, and nobody else", async () => {
  const redis = await testRedis();
  onTestFinished(redis.close);
  const [web, worker] = [tailOf(redis.url), tailOf(redis.url)];
  const [deployment, other] = [randomUUID(), randomUUID()];
  const heard: string[] = [];
  await web.subscribe(deployment, (hint) => heard.push(`first ${hint}`));
  const leave = await web.subscribe(deployment, (hint) => heard.push(`second ${hint}`));
  await web.subscribe(other, (hint) => heard.push(`other ${hint}`));
  heard.length = 0;

  await worker.publish(deployment, "log");
  await vi.waitFor(() => expect(heard).toEqual(["first log", "second log"]), { timeout: 20_000 });
  await leave();
  await worker.publish(deployment, "status");
  await vi.waitFor(() => expect(heard).toEqual(["first log", "second log", "first status"]), { timeout: 20_000 });
});

test("while Redis is away, or frozen, nobody waits long, and everybody looks once it is back", async () => {
  const directory = await mkdtemp(join(tmpdir(), "branchline-tail-"));
  const port = await freePort(0);
  const start = () => startValkey({ directory, port, logFile: join(directory, "log") });
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const url = `redis://127.0.0.1:${port}/0`;
  const [web, worker] = [tailOf(url), tailOf(url)];
  const heard: string[] = [];

  await web.subscribe("1", (hint) => heard.push(hint));
  await worker.publish("1", "log");

  const first = await start();
  onTestFinished(first.stop);
  await vi.waitFor(() => expect(heard).toContain("reconnected"), { timeout: 10_000 });
  await vi.waitFor(
    async () => {
      await worker.publish("1", "log");
      expect(heard).toContain("log");
    },
    { timeout: 20_000 },
  );

  /** If each waited for its own second, they would take longer than a test may. */
  async function losesHints() {
    for (let at = 0; at < 240; at += 1) await worker.publish("1", "lost");
  }

  const thaw = first.child.freeze();
  await losesHints();
  thaw();
  await first.stop();
  await losesHints();
  heard.length = 0;
  const second = await start();
  onTestFinished(second.stop);
  await vi.waitFor(() => expect(heard).toContain("reconnected"), { timeout: 10_000 });
});
