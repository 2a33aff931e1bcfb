import type { Principal } from "./principal.ts";

/** The account that did it, or null for the App. */
export function actorIdOf(principal: Principal): number | null {
  return principal.kind === "user" ? principal.user.id : null;
}
