import type { InstallationEvent } from "./record-event.ts";

/** An installation as GitHub shows it; null when it is gone. */
export type InstallationState = { isSuspended: boolean } | null;

export type InstallationChange = Exclude<InstallationEvent["kind"], "repositories_changed">;

/** What is true by now of what an event told: it may come late, and after its opposite. */
export function presentChange(told: InstallationChange, state: InstallationState): InstallationChange {
  if (state === null) return "deleted";
  if (state.isSuspended) return "suspended";
  switch (told) {
    case "suspended":
      return "unsuspended";
    case "deleted":
      return "created";
    case "created":
    case "unsuspended":
    case "permissions_accepted":
      return told;
  }
}
