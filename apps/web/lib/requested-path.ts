import { headers } from "next/headers";

/** Set by proxy.ts: a server component does not know its own address. */
export const pathHeader = "x-branchline-path";

export async function requestedPath(): Promise<string> {
  return safeNext((await headers()).get(pathHeader));
}

/** An address of ours to go on to; "/" for anything that could lead elsewhere. */
export function safeNext(next: string | null | undefined): string {
  if (next === null || next === undefined) return "/";
  return /^\/(?![/\\])[^\\\p{Control}]*$/u.test(next) ? next : "/";
}
