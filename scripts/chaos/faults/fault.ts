import type { Arena } from "../arena.ts";
import type { Dice } from "../dice.ts";

/** Of a worker. */
export type Place = 0 | 1;

/**
 * Something goes wrong, and settles when it is over. What is random in it comes from the dice.
 * @param place of the worker that it befalls, if it befalls one
 */
export type Cause = (arena: Arena, dice: Dice, place: Place) => Promise<void>;

/**
 * Whose end it is meanwhile: a worker's, which others must make up for; perhaps a worker's, which may have kept its work when
 * it is over; or everybody's, whom nobody can help before it is over.
 */
export type Reach = "a worker" | "a worker, perhaps" | "everybody" | "nobody";

export type Fault = { reach: Reach; cause: Cause };
