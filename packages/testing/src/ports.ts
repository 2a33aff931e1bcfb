import { createServer } from "node:net";

/** @returns the port, or the next one on which nobody listens; 0 asks for any */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 200; port += 1) {
    const got = await tryToListen(port);
    if (got !== null) return got;
  }
  throw new Error(`No port is free from ${wanted} to ${wanted + 199}`);
}

/** Free ports for each name, none twice. */
export async function freePorts<Name extends string>(wanted: Record<Name, number>): Promise<Record<Name, number>> {
  const taken = new Set<number>();
  const result: Record<string, number> = {};
  for (const name of Object.keys(wanted) as Name[]) {
    let port = await freePort(wanted[name]);
    while (taken.has(port)) port = await freePort(wanted[name] === 0 ? 0 : port + 1);
    taken.add(port);
    result[name] = port;
  }
  return result;
}

function tryToListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
