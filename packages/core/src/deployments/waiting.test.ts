import { expect, test } from "vitest";
import { type Queue, waitOf } from "./waiting.ts";

const free: Queue = {
  holder: undefined,
  ahead: [],
  place: 3,
  runningInAll: 4,
  limits: { perOrganization: 3, inAll: 5 },
};
const holder = { number: 7 };
const ahead = [{ number: 8 }, { number: 9 }];

test.each<[string, Partial<Queue>, string]>([
  ["runs", { holder }, "Waits for #7, which deploys to this stage now."],
  ["goes_first", { holder, ahead }, "Waits for #9, which goes first."],
  ["goes_first", { ahead, place: 9 }, "Waits for #9, which goes first."],
  ["organization_limit", { place: 4 }, "Waits since only 3 deployments of this organization run at once."],
  [
    "organization_limit",
    { place: 4, runningInAll: 5 },
    "Waits since only 3 deployments of this organization run at once.",
  ],
  [
    "organization_limit",
    { place: 2, limits: { perOrganization: 1, inAll: 5 } },
    "Waits since only 1 deployment of this organization runs at once.",
  ],
  [
    "installation_limit",
    { runningInAll: 5 },
    "Waits since only 5 deployments of all organizations together run at once.",
  ],
  ["worker", {}, "Waits for a free worker."],
])("a queued deployment says what it waits for: %s", (kind, facts, sentence) => {
  expect(waitOf({ ...free, ...facts })).toEqual({ kind, sentence });
});
