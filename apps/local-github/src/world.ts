import { createPublicKey, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { Locks } from "./git/locks.ts";
import type { LocalGithubOptions } from "./options.ts";
import type { Repository } from "./store/records.ts";
import { openStore, type Store } from "./store/store.ts";

/** A request that is answered with a fault on purpose, until it ran out. */
export interface Fault {
  pathPrefix: string;
  method: string | null;
  status: number;
  remaining: number;
  headers: Record<string, string>;
}

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
    inFlight: new Set(),
    stopping: new AbortController(),
  };
}

export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
