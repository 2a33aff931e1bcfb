import { expect, test } from "vitest";
import { type InstallationChange, presentChange } from "./rules.ts";

const all: InstallationChange[] = ["created", "deleted", "suspended", "unsuspended", "permissions_accepted"];

test.each(all)(
  "an installation that is gone was deleted, and one that is suspended was suspended, whatever was told: %s",
  (told) => {
    expect(presentChange(told, null)).toBe("deleted");
    expect(presentChange(told, { isSuspended: true })).toBe("suspended");
  },
);

test.each<[InstallationChange, InstallationChange]>([
  ["suspended", "unsuspended"],
  ["deleted", "created"],
  ["created", "created"],
  ["unsuspended", "unsuspended"],
  ["permissions_accepted", "permissions_accepted"],
])("of one that is there, a late word of %s means %s", (told, present) => {
  expect(presentChange(told, { isSuspended: false })).toBe(present);
});
