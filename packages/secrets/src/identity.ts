import { generateX25519Identity, identityToRecipient } from "age-encryption";

/** `recipient` (age1…) seals and may be known to all; `identity` (AGE-SECRET-KEY-1…) opens and belongs to the worker alone. */
export type KeyPair = { identity: string; recipient: string };

export async function generateIdentity(): Promise<KeyPair> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
