import { mutations } from "../mutations/all.ts";
import { mutationFaults } from "../mutations/mutation.ts";
import { textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

/** Every mutation still finds its line and its test. */
export async function checkMutations(): Promise<Outcome> {
  const texts = await textsOf(root, [...new Set(mutations.flatMap(({ file, test }) => [file, test]))]);
  return outcomeOf(mutations.flatMap((mutation) => mutationFaults(mutation, texts)));
}
