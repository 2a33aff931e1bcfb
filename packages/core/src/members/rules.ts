import type { Role } from "@branchline/db";
import type { Actor } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { roles } from "../permissions.ts";

function isAbove(role: Role, actor: Actor): boolean {
  return "role" in actor && roles.indexOf(role) > roles.indexOf(actor.role);
}

/** Nobody gives, or takes away, more than they have. @throws Refusal forbidden */
export function assertNotAbove(role: Role, actor: Actor): void {
  if (!isAbove(role, actor)) return;
  throw new Refusal(
    "forbidden",
    `Only an ${role === "owner" ? "owner" : "admin"} may do this for the role ${role}.`,
    "role",
  );
}
