import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Workspace } from "../workspace.ts";

/** Of one build at a time: the worker has only so many open files. */
const connectionsMost = 64;

/** A Unix socket in the workspace on which a build asks the worker, a JSON line at a time. */
export async function startLineServer(
  workspace: Workspace,
  name: string,
  onConnection: (socket: Socket) => void,
): Promise<{ stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  server.maxConnections = connectionsMost;
  await workspace.listen(server, name);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const longestLineBytes = 4 * 1024 * 1024;

/** Each line of a socket, answered in order. */
export function answerLines(socket: Socket, answer: (line: string) => Promise<unknown>): void {
  // Bytes since the last answer: a line without an end must not fill the worker's memory.
  let pending = 0;
  socket.on("data", (bytes) => {
    pending += bytes.length;
    if (pending > longestLineBytes) socket.destroy();
  });
  const lines = createInterface({ input: socket });
  void (async () => {
    for await (const line of lines) {
      socket.write(`${JSON.stringify(await answer(line))}\n`);
      pending = 0;
    }
  })().catch(() => socket.destroy());
}
