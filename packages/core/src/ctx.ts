import type { Db, Role } from "@branchline/db";
import type { Doorbell } from "./bells.ts";

export type Actor =
  | { kind: "user"; userId: string; name: string; role: Role }
  | { kind: "accessKey"; accessKeyId: string; name: string; role: Role }
  | { kind: "github"; name: string }
  | { kind: "system"; name: string };

/** What every part of core gets: whose organization, who asks, the database, the clock, the doorbell. */
export type Ctx = {
  organizationId: string;
  actor: Actor;
  db: Db;
  now(): Date;
  doorbell: Doorbell;
};

/** Before there is an organization: signing up, accepting an invitation, a webhook. */
export type OutsideCtx = Omit<Ctx, "organizationId" | "actor"> & {
  user?: { userId: string; name: string; email: string };
};
