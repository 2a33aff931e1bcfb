import { type CheckoutOptions, checkout } from "../git/checkout.ts";
import type { StepExit } from "../sandbox/sandbox.ts";
import type { createBench } from "./bench.ts";

type Wishes = Pick<CheckoutOptions, "cloneUrl" | "token"> & { submodules?: boolean };

/** Checks a commit out into a bench's workspace. @returns also what git printed */
export async function checkOutIn(
  { sandbox }: Awaited<ReturnType<typeof createBench>>,
  sha: string,
  { cloneUrl, token, submodules = false }: Wishes,
): Promise<{ exit: StepExit; text: string }> {
  const parts: Buffer[] = [];
  const exit = await checkout({
    sandbox,
    cloneUrl,
    sha,
    token,
    submodules,
    output: async (bytes) => void parts.push(bytes),
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    idleTimeoutMs: 60_000,
  });
  return { exit, text: Buffer.concat(parts).toString("utf8") };
}
