import type { Cause } from "./fault.ts";

/** Longer than a lease. */
const frozenMs = 13_000;

export const killWorker: Cause = ({ machines }, _, place) => machines.replaceWorker(place);

export const restartWorker: Cause = ({ machines }, _, place) => machines.restartWorker(place);

export const freezeWorker: Cause = async ({ machines, pause }, _, place) => {
  const thaw = machines.freezeWorker(place);
  await pause(frozenMs);
  thaw();
};

export const killApi: Cause = ({ machines }) => machines.replaceApi();

/** Its connections end at once, or it hears nothing any more and is told nothing either. */
export function severWorker(from: "postgres" | "redis", how: "cut" | "freeze"): Cause {
  return async ({ wires, pause }, dice, place) => {
    const wire = wires[place][from];
    wire[how]();
    await pause(dice.between(4_000, 14_000));
    wire.restore();
  };
}
