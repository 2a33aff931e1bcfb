import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** 32 random bytes in the alphabet of addresses. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** What we keep of a token: enough to know it again, not enough to use it. */
export function hashOfToken(token: string): string {
  return bytesToHex(sha256(utf8ToBytes(token)));
}
