import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type ListenOptions, type Server } from "node:net";

/** Below what the system gives to whoever does not care, so that nobody gets it before it is listened on. */
const anywhere = () => randomInt(12_000, 32_000);

/**
 * Kept for whoever asked until its process ends, also while nobody listens on it: another test, of this run or of a second
 * one on this machine, gets another.
 * @returns the port, or the next one that is free; 0 asks for any
 */
export async function freePort(wanted: number): Promise<number> {
  const first = wanted === 0 ? anywhere() : wanted;
  for (let port = first; port < first + 200; port += 1) {
    if (await keep(port)) return port;
  }
  throw new Error(`No port is free from ${first} to ${first + 199}`);
}

/** Free ports for each name, none twice. */
export async function freePorts<Name extends string>(wanted: Record<Name, number>): Promise<Record<Name, number>> {
  const result: Record<string, number> = {};
  for (const name of Object.keys(wanted) as Name[]) result[name] = await freePort(wanted[name]);
  return result;
}

/** A name that the kernel gives to one process, and takes back when that ends, however it ends. */
async function keep(port: number): Promise<boolean> {
  const keeper = await listening({ path: `\0branchline-port-${port}` });
  if (keeper === null) return false;
  keeper.unref();
  const trial = await listening({ port, host: "127.0.0.1", exclusive: true });
  if (trial === null) keeper.close();
  else await new Promise((resolve) => trial.close(resolve));
  return trial !== null;
}

/** Null where somebody listens already. */
async function listening(place: ListenOptions): Promise<Server | null> {
  const server = createServer();
  try {
    await once(server.listen(place), "listening");
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return null;
    throw error;
  }
}
