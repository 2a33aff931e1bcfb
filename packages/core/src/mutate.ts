import { type Prisma, type Tx, transact } from "@branchline/db";
import type { CoreBell } from "./bells.ts";
import type { Actor, Ctx } from "./ctx.ts";
import { Refusal } from "./errors.ts";
import { type Action, isAllowed, permissions } from "./permissions.ts";

/** What the audit entry says was changed. */
export type Change = {
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  detail?: Prisma.InputJsonObject;
};

export type Mutation = { tx: Tx; ring(bell: CoreBell): void };

/**
 * The one door for change: checks the role before a transaction opens, writes the audit entry in the same transaction,
 * and rings only after the commit.
 * @throws Refusal forbidden, when the actor's role is too low.
 */
export async function mutate<T>(
  ctx: Ctx,
  action: Action,
  work: (mutation: Mutation) => Promise<{ result: T; change: Change }>,
): Promise<T> {
  assertAllowed(ctx.actor, action);
  let bells: CoreBell[] = [];
  const result = await transact(ctx.db, async (tx) => {
    // Nothing rings for a try that was rolled back.
    bells = [];
    const done = await work({ tx, ring: (bell) => bells.push(bell) });
    await tx.auditEntry.create({ data: auditEntry(ctx, action, done.change) });
    return done.result;
  });
  if (bells.length > 0) await ctx.doorbell.ring(bells);
  return result;
}

function assertAllowed(actor: Actor, action: Action): void {
  if (actor.kind === "github" || actor.kind === "system") return;
  if (isAllowed(actor.role, action)) return;
  throw new Refusal("forbidden", `This needs the role ${permissions[action]}; yours is ${actor.role}.`);
}

function auditEntry(ctx: Ctx, action: Action, change: Change): Prisma.AuditEntryUncheckedCreateInput {
  const { actor } = ctx;
  return {
    organizationId: ctx.organizationId,
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : actor.kind === "accessKey" ? actor.accessKeyId : null,
    actorName: actor.name,
    actorRole: "role" in actor ? actor.role : null,
    action,
    subjectKind: change.subjectKind,
    subjectId: change.subjectId,
    subjectName: change.subjectName,
    detail: change.detail ?? {},
    at: ctx.now(),
  };
}
