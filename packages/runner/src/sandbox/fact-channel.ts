import { z } from "zod";
import type { Workspace } from "../workspace.ts";
import { answerLines, startLineServer } from "./line-server.ts";

const name = z.string().max(200);

/** What a deployment is about to be. */
export const Description = z.object({
  functions: z.array(z.object({ key: name, name, bytes: z.number().int().nonnegative().optional() })).max(500),
  routes: z.array(z.object({ method: name, path: name })).max(1_000),
  /** Logical id of a stack output → the key under `outputs:` in serverless.yml. */
  outputs: z.record(name, name),
});
export type Description = z.infer<typeof Description>;

/** What a change set will do to a resource, in CloudFormation's words. */
const Change = z.object({
  logicalId: name,
  action: z.enum(["Add", "Modify", "Remove", "Import", "Dynamic"]),
  replacement: z.enum(["True", "False", "Conditional"]).optional(),
});

/** What our plugin tells from inside the CLI. A build may forge it, so it is believed about that build alone. */
const Fact = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("service"), stackName: name, region: name }),
  z.object({ kind: z.literal("packaged") }),
  z.object({ kind: z.literal("mutating"), stackName: name, region: name }),
  Description.extend({ kind: z.literal("described") }),
  z.object({ kind: z.literal("changes"), changes: z.array(Change).max(500) }),
]);
export type Fact = z.infer<typeof Fact>;

/**
 * The CLI goes on once a fact is answered, so what must be known before AWS is touched is written down before.
 * @param onFact returns a sentence to stop the CLI with, or null to let it go on
 */
export function startFactChannel(
  workspace: Workspace,
  onFact: (fact: Fact) => Promise<string | null>,
): Promise<{ stop(): Promise<void> }> {
  return startLineServer(workspace, "facts.sock", (socket) => {
    answerLines(socket, async (line) => {
      const refused = await onFact(Fact.parse(JSON.parse(line)));
      return refused === null ? {} : { refused };
    });
  });
}
