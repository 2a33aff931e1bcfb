import { createHmac, timingSafeEqual } from "node:crypto";

/** Checks X-Hub-Signature-256 over the raw bytes, in constant time. */
export function verifySignature(secret: string, rawBody: Uint8Array, header: string | undefined): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1];
  if (given === undefined) return false;
  const expected = createHmac("sha256", secret).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}
