import { randomInt } from "node:crypto";

/** User ids of the machine that nobody else has, first and last. */
export type UserRange = readonly [first: number, last: number];

/** Gives each build a user of its own while it lasts. */
export function createUsers([first, last]: UserRange) {
  const taken = new Set<number>();
  return {
    /** @throws Error when as many builds run as there are users */
    take(): number {
      if (taken.size > last - first) throw new Error(`All users from ${first} to ${last} are taken by builds.`);
      let user = randomInt(first, last + 1);
      while (taken.has(user)) user = user === last ? first : user + 1;
      taken.add(user);
      return user;
    },
    give: (user: number) => void taken.delete(user),
  };
}
