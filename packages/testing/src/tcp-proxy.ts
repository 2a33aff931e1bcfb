import { createServer, connect as dial, type Socket } from "node:net";

export type Target = { host: string; port: number };

export type TcpProxy = {
  port: number;
  /** New connections go there, as after a name was given to another machine; those that are there stay. */
  pointAt(target: Target): void;
  /** Resets every connection, and each new one, until it is restored. */
  cut(): void;
  /** Connections stay, and nothing passes either way, until it is restored: what was sent meanwhile arrives then. */
  freeze(): void;
  /** Connections that are there stay and pass nothing any more, ever; new ones pass. */
  silence(): void;
  restore(): void;
  /** How many connections came while it was cut. */
  refused(): number;
  stop(): Promise<void>;
};

type Pair = { client: Socket; server: Socket; isSilenced: boolean };

/** What the network between two programs can do to them. Listens on loopback. */
export async function startTcpProxy(first: Target): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let target = first;
  let state: "open" | "cut" | "frozen" = "open";
  let refused = 0;

  const listener = createServer({ pauseOnConnect: true }, (client) => {
    client.on("error", () => undefined);
    if (state === "cut") {
      refused += 1;
      return void client.resetAndDestroy();
    }
    const server = dial(target);
    server.on("error", () => client.destroy());
    const pair: Pair = { client, server, isSilenced: false };
    pairs.add(pair);
    client.once("close", () => {
      server.destroy();
      pairs.delete(pair);
    });
    if (state === "open") join(pair);
  });
  await new Promise<void>((resolve, reject) => listener.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");

  function cut(): void {
    state = "cut";
    for (const { client } of pairs) client.resetAndDestroy();
  }

  return {
    port: address.port,
    pointAt(other) {
      target = other;
    },
    cut,
    freeze() {
      state = "frozen";
      for (const pair of pairs) part(pair);
    },
    silence() {
      for (const pair of pairs) {
        part(pair);
        pair.isSilenced = true;
      }
    },
    restore() {
      const wasFrozen = state === "frozen";
      state = "open";
      if (wasFrozen) for (const pair of pairs) if (!pair.isSilenced) join(pair);
    },
    refused: () => refused,
    stop() {
      cut();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}

function join({ client, server }: Pair): void {
  client.pipe(server);
  server.pipe(client);
}

function part({ client, server }: Pair): void {
  client.unpipe(server).pause();
  server.unpipe(client).pause();
}
