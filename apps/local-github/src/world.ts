import { createPublicKey, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { Locks } from "./git/locks.ts";
import type { LocalGithubOptions } from "./options.ts";
import type { Repository } from "./store/records.ts";
import { openStore, type Store } from "./store/store.ts";
import type { Outgoing } from "./webhooks/deliver.ts";

/** A request that is answered with a fault on purpose, until it ran out. */
export interface Fault {
  pathPrefix: string;
  method: string | null;
  status: number;
  /** The answer comes so much later. */
  delayMs: number;
  remaining: number;
  headers: Record<string, string>;
}

/** What somebody asked; `at` in milliseconds since 1970. */
export interface Asked {
  method: string;
  path: string;
  at: number;
}

/** What befalls the deliveries of pushes on purpose: none is sent, each is sent twice, or each second one before the first. */
export const MISHAPS = ["lost", "doubled", "swapped"] as const;

/** What every request handler is given: the options, the memory and the addresses. */
export interface World {
  options: LocalGithubOptions;
  store: Store;
  appKey: KeyObject;
  /** Without a slash at the end. */
  webUrl: string;
  apiUrl: string;
  gitDirectory: (repository: Repository) => string;
  locks: Locks;
  faults: Fault[];
  /** The latest, oldest first. */
  requests: Asked[];
  mishap: (typeof MISHAPS)[number] | null;
  /** Waits for the push after it, which goes first. */
  held: Outgoing | null;
  /** Deliveries on their way; a stop waits for them or gives them up. */
  inFlight: Set<Promise<void>>;
  stopping: AbortController;
}

/** Throws when the public key is not a PEM. The addresses are set once the port is known. */
export function createWorld(options: LocalGithubOptions): World {
  return {
    options,
    store: openStore(options.dataDir),
    appKey: createPublicKey(options.app.publicKey),
    webUrl: "",
    apiUrl: "",
    gitDirectory: (repository) => join(options.dataDir, "git", `${repository.id}.git`),
    locks: new Locks(),
    faults: [],
    requests: [],
    mishap: null,
    held: null,
    inFlight: new Set(),
    stopping: new AbortController(),
  };
}

export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
