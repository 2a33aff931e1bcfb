import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { machineOfTests } from "../testing/bench.ts";
import { createWorkspace } from "../workspace.ts";
import { startEgress } from "./egress.ts";

/** A way out to a server that never answers what is asked for at /slow, and tells who hung up. */
async function wayOut() {
  const asked = Promise.withResolvers<void>();
  const hungUp = Promise.withResolvers<void>();
  const server = createServer(({ url }, response) => {
    if (url !== "/slow") return void response.end("answer");
    response.once("close", () => hungUp.resolve());
    asked.resolve();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const root = await mkdtemp(join(tmpdir(), "egress-"));
  const workspace = await createWorkspace(root, "build", await machineOfTests());
  const own = { registry: new URL("https://registry.example"), git: new URL("https://git.example") };
  const routes = { "example.com:80": `127.0.0.1:${(server.address() as AddressInfo).port}` };
  const egress = await startEgress({ workspace, own, routes, onRefused: () => undefined });
  egress.allow(["*"]);
  onTestFinished(async () => {
    await egress.stop();
    server.close();
    await workspace.dispose();
    await rm(root, { recursive: true, force: true });
  });
  const ask = (path: string) =>
    request({ socketPath: join(workspace.sockets, "egress.sock"), path: `http://example.com${path}` });
  return { asked, hungUp, ask };
}

test("what a build no longer waits for is not waited for by the proxy, which serves the next", async () => {
  const { asked, hungUp, ask } = await wayOut();
  const abandoned = ask("/slow");
  abandoned.on("error", () => undefined).end();
  await asked.promise;
  abandoned.destroy();
  await hungUp.promise;
  const next = ask("/");
  next.end();
  const [answer] = (await once(next, "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  expect(Buffer.concat(await answer.toArray()).toString()).toBe("answer");
});
