import { createServer, connect as dial, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startTcpProxy } from "./tcp-proxy.ts";

/** A proxy before a server that says everything back. */
async function echoing() {
  const server = createServer((socket) => void socket.on("error", () => undefined).pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const proxy = await startTcpProxy({ host: "127.0.0.1", port });
  onTestFinished(async () => {
    await proxy.stop();
    await new Promise((resolve) => server.close(resolve));
  });
  return proxy;
}

function connected(port: number) {
  const socket: Socket = dial({ host: "127.0.0.1", port });
  onTestFinished(() => void socket.destroy());
  const heard = Promise.withResolvers<string>();
  const broken = Promise.withResolvers<string>();
  socket.once("data", (bytes) => heard.resolve(String(bytes)));
  socket.once("error", (error) => broken.resolve((error as NodeJS.ErrnoException).code ?? ""));
  return { socket, heard: heard.promise, broken: broken.promise };
}

test("passes both ways until it is cut, resets what comes meanwhile, and passes again once it is restored", async () => {
  const proxy = await echoing();
  const first = connected(proxy.port);
  first.socket.write("one");
  expect(await first.heard).toBe("one");
  proxy.cut();
  expect(await first.broken).toBe("ECONNRESET");
  expect(await connected(proxy.port).broken).toBe("ECONNRESET");
  proxy.restore();
  const second = connected(proxy.port);
  second.socket.write("two");
  expect(await second.heard).toBe("two");
});

test("keeps what is sent while it is frozen, on old connections and on new ones, and passes it on once it is restored", async () => {
  const proxy = await echoing();
  const old = connected(proxy.port);
  await new Promise((resolve) => old.socket.once("connect", resolve));
  proxy.freeze();
  const young = connected(proxy.port);
  old.socket.write("old");
  young.socket.write("young");
  const either = Promise.race([old.heard, young.heard]);
  expect(await Promise.race([either, new Promise((resolve) => setTimeout(resolve, 200, "nothing"))])).toBe("nothing");
  proxy.restore();
  expect(await Promise.all([old.heard, young.heard])).toEqual(["old", "young"]);
});

test("silences for good the connections that are there, and passes new ones on, also to where it points by then", async () => {
  const [proxy, other] = [await echoing(), await echoing()];
  const old = connected(proxy.port);
  await new Promise((resolve) => old.socket.once("connect", resolve));
  proxy.silence();
  proxy.pointAt({ host: "127.0.0.1", port: other.port });
  old.socket.write("old");
  const young = connected(proxy.port);
  young.socket.write("young");
  expect(await Promise.race([old.heard, young.heard])).toBe("young");
});
