import { createHash, randomBytes } from "node:crypto";
import type { Token } from "../store/records.ts";
import type { World } from "../world.ts";

const PREFIXES: Record<Token["kind"], string> = {
  personal: "ghp_",
  user: "ghu_",
  refresh: "ghr_",
  installation: "ghs_",
};

export const USER_TOKEN_SECONDS = 8 * 60 * 60;
export const REFRESH_TOKEN_SECONDS = 6 * 30 * 24 * 60 * 60;
export const INSTALLATION_TOKEN_SECONDS = 60 * 60;

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function randomSecret(prefix = ""): string {
  const letters = randomBytes(48)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "");
  return prefix + letters.slice(0, 36).padEnd(36, "0");
}

interface NewToken {
  kind: Token["kind"];
  userId?: number;
  installationId?: number;
  repositoryIds?: number[] | null;
  permissions?: Token["permissions"];
  /** Never ends when left out. */
  seconds?: number;
}

/** Makes a token and gives its text, which is not kept. */
export function issueToken(world: World, token: NewToken): { text: string; row: Token } {
  forgetExpired(world);
  const text = randomSecret(PREFIXES[token.kind]);
  const row = world.store.tokens.insert({
    kind: token.kind,
    hash: hashSecret(text),
    userId: token.userId ?? null,
    installationId: token.installationId ?? null,
    repositoryIds: token.repositoryIds ?? null,
    permissions: token.permissions ?? null,
    expiresAt: token.seconds === undefined ? null : inSeconds(token.seconds),
  });
  return { text, row };
}

export function inSeconds(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
}

export function isOver(expiresAt: string | null): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
}

function forgetExpired(world: World): void {
  for (const row of world.store.tokens.filter((token) => isOver(token.expiresAt))) world.store.tokens.remove(row.id);
}

/** The token with this text, unless it is over. */
export function findToken(world: World, text: string): Token | undefined {
  const hash = hashSecret(text);
  return world.store.tokens.find((token) => token.hash === hash && !isOver(token.expiresAt));
}
