import { createSecrets, type Secrets } from "../mask/secrets.ts";

/** Secrets whose names do not matter. */
export function secretsOf(...values: string[]): Secrets {
  return createSecrets(values.map((value) => ({ name: "a secret", value })));
}
