import { parseArgs } from "node:util";

/** What follows `npm run demo --`. */
export type DemoOptions = {
  /** End after the first deployment, with its verdict as exit code. */
  once: boolean;
  /** Forget the data of earlier runs first. */
  fresh: boolean;
};

export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: { once: { type: "boolean", default: false }, fresh: { type: "boolean", default: false } },
  });
  return values;
}
