import type { GithubFault } from "@branchline/testing/github";
import { repository } from "../services.ts";
import type { Cause } from "./fault.ts";

const rest = "/api/v3";
/** What a checkout asks; pushes go elsewhere. */
const fetching = `/${repository}.git/git-upload-pack`;

function answering(answer: GithubFault): Cause {
  return async ({ world, pause }, dice) => {
    await world.github.fail({ ...answer, count: 1_000_000 });
    await pause(dice.between(4_000, 10_000));
    await world.github.heal();
  };
}

export const failGithub = answering({ pathPrefix: rest, status: 502 });
export const failFetches = answering({ pathPrefix: fetching, status: 503 });
export const limitGithub = answering({ pathPrefix: rest, status: 403, headers: { "retry-after": "7" } });

/** Longer than anybody waits for an answer. */
export const freezeGithub: Cause = async ({ world, pause }) => {
  const thaw = world.github.child.freeze();
  await pause(12_000);
  thaw();
};

export function befallWebhooks(kind: "lost" | "doubled" | "swapped"): Cause {
  return async ({ world, pause }, dice) => {
    await world.github.put("/mishap", { kind });
    await pause(dice.between(8_000, 16_000));
    await world.github.put("/mishap", { kind: null });
  };
}
