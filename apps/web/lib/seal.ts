import { seal } from "@branchline/secrets";
import { env } from "@/env";

export { secretBytesMin } from "@branchline/logs";

/** Seals a parameter for the worker; this process has no key to open it. */
export function sealForWorker(plaintext: string): Promise<string> {
  return seal(env().SECRETS_RECIPIENT, plaintext);
}
