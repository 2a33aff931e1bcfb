import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "@branchline/testing/until";
import type { Scene } from "./scene.ts";

/** What a worker's environment needs, so that several on one machine can be opened by a debugger. */
export const debuggable = { NODE_OPTIONS: "--inspect-port=127.0.0.1:0" };

/** Keeps the event loop of the first worker busy, as a loop in our code would. Settles when it is over. */
export async function blockEventLoop({ world, machines }: Scene, forMs: number): Promise<void> {
  machines.signalWorker("SIGUSR1");
  const address = await until("the debugger listens", 30_000, async () => {
    const log = await readFile(join(world.logsDirectory, "worker.log"), "utf8");
    return /Debugger listening on (ws:\S+)/.exec(log)?.[1] ?? null;
  });
  const socket = new WebSocket(address);
  const answered = Promise.withResolvers<void>();
  socket.addEventListener("error", () => answered.reject(new Error("the debugger hung up")));
  socket.addEventListener("message", () => answered.resolve());
  socket.addEventListener("open", () => {
    const expression = `for (const end = Date.now() + ${forMs}; Date.now() < end; );`;
    socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression } }));
  });
  await answered.promise;
  socket.close();
}
