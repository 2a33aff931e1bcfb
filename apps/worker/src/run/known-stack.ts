import type { Stack } from "@branchline/aws";
import type { Run } from "./run.ts";

export type KnownStack = ReturnType<typeof knownStack>;

/** The stack of a deployment, by the name that is known of it: from the deployment before, and then from the CLI. */
export function knownStack({ parts, work, session }: Run) {
  let name = work.stackName;
  let stackId: string | null = null;

  async function read(): Promise<Stack | null> {
    const stack = name === null ? null : await parts.aws.findStack(await session.whole(), work.region, name);
    stackId = stack?.stackId ?? stackId;
    return stack;
  }

  return {
    call(known: string): void {
      name = known;
    },
    read,
    findLastEvent: async () =>
      name === null ? null : parts.aws.findLastEvent(await session.whole(), work.region, name),
    /** Asked of AWS until there is a stack, and remembered from then on. */
    findId: async () => stackId ?? (await read())?.stackId ?? null,
  };
}
