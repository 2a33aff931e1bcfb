import type { Cause } from "./fault.ts";

/** Longer than a lease. */
const frozenMs = 13_000;

export const killWorker: Cause = ({ machines }, dice) => machines.replaceWorker(dice.between(0, 1));

export const restartWorker: Cause = ({ machines }, dice) => machines.restartWorker(dice.between(0, 1));

export const freezeWorker: Cause = async ({ machines, pause }, dice) => {
  const thaw = machines.freezeWorker(dice.between(0, 1));
  await pause(frozenMs);
  thaw();
};

export const killApi: Cause = ({ machines }) => machines.replaceApi();

/** Its connections end at once, or it hears nothing any more and is told nothing either. */
export function severWorker(from: "postgres" | "redis", how: "cut" | "freeze"): Cause {
  return async ({ wires, pause }, dice) => {
    const wire = dice.pick(wires)[from];
    wire[how]();
    await pause(dice.between(4_000, 14_000));
    wire.restore();
  };
}
