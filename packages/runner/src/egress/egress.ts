import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { pipeline } from "node:stream";
import type { Workspace } from "../workspace.ts";
import { refusalOfAddress } from "./addresses.ts";
import type { OwnServers } from "./hosts.ts";
import { type Destination, decide, parsePlace } from "./rules.ts";

export type Egress = {
  /** Hosts that the running step may reach. */
  allow(hosts: readonly string[]): void;
  stop(): Promise<void>;
};

export type EgressOptions = {
  workspace: Workspace;
  own: OwnServers;
  routes: Record<string, string>;
  /** A line for the log: what was refused, and why; each once in a step. */
  onRefused(line: string): void;
  /** The address that a name has now; the system's answer unless given. */
  resolve?(host: string): Promise<string>;
};

class Refused extends Error {}

const toldMost = 100;
/** Of one build at a time: each costs the worker two open files. */
const connectionsMost = 512;

const addressOf = async (host: string) => (await lookup(host)).address;

/** A build that is refused a thousand times is told so once. */
function createRefusals(onRefused: (line: string) => void) {
  const told = new Set<string>();
  return {
    tell(line: string): void {
      if (told.has(line) || told.size > toldMost) return;
      told.add(line);
      onRefused(told.size > toldMost ? "blocked: others, which are not named any more" : line);
    },
    forget: () => told.clear(),
  };
}

/**
 * The only way out of a build: an HTTP proxy (CONNECT and plain) on a Unix socket in its workspace. A name is resolved
 * here, once, and the address that was checked is the address that is connected.
 */
export async function startEgress(options: EgressOptions): Promise<Egress> {
  const { workspace, own, routes, resolve = addressOf } = options;
  let allowed: readonly string[] = [];
  const refusals = createRefusals(options.onRefused);
  const sockets = new Set<Socket>();

  async function reach(to: Destination): Promise<Destination> {
    const decision = decide({ allow: allowed, trusted: Object.values(own), routes }, to);
    if (decision.kind === "refused") throw new Refused(`${to.host}, ${decision.because}`);
    if (decision.kind !== "public") return decision.to;
    const address = await resolve(to.host);
    const refusal = refusalOfAddress(address);
    if (refusal !== null) throw new Refused(`${to.host} (${address}), ${refusal}`);
    return { host: address, port: to.port };
  }

  function refuse(error: unknown, to: Destination): string {
    const line = error instanceof Refused ? `blocked: ${error.message}` : `unreachable: ${to.host}:${to.port}`;
    refusals.tell(line);
    return line;
  }

  async function tunnel(requested: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    client.on("error", () => client.destroy());
    const to = placeOf(requested.url ?? "", 443);
    if (to === null) return void client.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    try {
      const upstream = await open(await reach(to));
      sockets.add(upstream);
      upstream.on("close", () => sockets.delete(upstream));
      if (client.destroyed) return void upstream.destroy();
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      if (head.length > 0) upstream.write(head);
      pipeline(client, upstream, client, () => undefined);
    } catch (error) {
      client.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\n\r\n${refuse(error, to)}\n`);
    }
  }

  async function forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(incoming.url ?? "");
    const to = url === null ? null : placeOf(url.host, 80);
    if (url === null || to === null) return void response.writeHead(400).end();
    try {
      relay(incoming, response, await reach(to), url.pathname + url.search);
    } catch (error) {
      response.writeHead(403, { "content-type": "text/plain" }).end(`${refuse(error, to)}\n`);
    }
  }

  const server = createServer((incoming, response) => void forward(incoming, response));
  server.maxConnections = connectionsMost;
  server.on("connect", (requested, client, head) => void tunnel(requested, client as Socket, head));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await workspace.listen(server, "egress.sock");

  return {
    allow(hosts) {
      allowed = hosts;
      refusals.forget();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function relay(incoming: IncomingMessage, response: ServerResponse, { host, port }: Destination, path: string): void {
  const { method, headers } = incoming;
  const outgoing = request({ host, port, method, headers, path }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  // A build that was ended, or has hung up, waits for no answer; one that came could be piped nowhere.
  response.once("close", () => response.writableFinished || outgoing.destroy());
  outgoing.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  pipeline(incoming, outgoing, () => undefined);
}

/** Null for what is no place: a build may send anything. */
function placeOf(text: string, defaultPort: number): Destination | null {
  try {
    return parsePlace(text, defaultPort);
  } catch {
    return null;
  }
}

const connectMs = 10_000;

function open({ host, port }: Destination): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: connectMs });
    socket.once("connect", () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once("timeout", () => socket.destroy(new Error("timed out")));
    socket.once("error", reject);
  });
}
