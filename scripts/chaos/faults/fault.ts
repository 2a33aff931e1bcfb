import type { Arena } from "../arena.ts";
import type { Dice } from "../dice.ts";

/** Something goes wrong, and settles when it is over. What is random in it comes from the dice. */
export type Cause = (arena: Arena, dice: Dice) => Promise<void>;

/** Whose end it is meanwhile: a worker's, which others must make up for, or everybody's, whom nobody can help before it is over. */
export type Reach = "a worker" | "everybody" | "nobody";

export type Fault = { reach: Reach; cause: Cause };
