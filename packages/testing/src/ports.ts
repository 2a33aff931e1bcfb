import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what the system gives to whoever does not care, so that nobody gets it before it is listened on. */
const anywhere = () => randomInt(12_000, 32_000);

/** @returns the port, or the next one on which nobody listens; 0 asks for any */
export async function freePort(wanted: number): Promise<number> {
  const first = wanted === 0 ? anywhere() : wanted;
  for (let port = first; port < first + 200; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${first} to ${first + 199}`);
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

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
