import { headers } from "next/headers";
import { safeNext } from "./safe-next";

/** Set by proxy.ts: a server component does not know its own address. */
export const pathHeader = "x-branchline-path";

export async function requestedPath(): Promise<string> {
  return safeNext((await headers()).get(pathHeader));
}
