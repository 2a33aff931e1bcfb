import { expect, test } from "vitest";
import { type Queue, waitOf } from "./waiting.ts";

const profile = {
  slug: "staging",
  roleArn: "arn:aws:iam::123456789012:role/x",
  provenAt: new Date(0),
  proof: [],
  allowedBranches: [],
  stagePattern: "*",
};
const unproven = { ...profile, provenAt: null };
const untilProven = "Waits until the deploy profile staging is proven.";
const free: Queue = {
  profile,
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
  ["goes_first", { holder, ahead, profile: unproven }, "Waits for #9, which goes first."],
  ["profile", { holder, profile: unproven }, untilProven],
  ["profile", { place: 4, runningInAll: 5, profile: unproven }, untilProven],
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
  expect(waitOf({ ...free, ...facts })).toMatchObject({ kind, sentence });
});

test("what waits for its profile tells what the last test of the role found", () => {
  const message = "AWS refused it to #7: no";
  const refused = { ...unproven, proof: [{ probe: "assumes", outcome: "failed", message } as const] };
  expect(waitOf({ ...free, profile: refused }).detail).toBe(message);
  expect(waitOf(free)).not.toHaveProperty("detail");
});
