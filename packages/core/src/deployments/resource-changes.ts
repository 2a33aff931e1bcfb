import { z } from "zod";

/** What a change set of CloudFormation's says will become of a resource, in its own words. */
export const ResourceChange = z.object({
  logicalId: z.string().max(255),
  action: z.enum(["Add", "Modify", "Remove", "Import", "Dynamic"]),
  replacement: z.enum(["True", "False", "Conditional"]).optional(),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

/** What another change set adds to what is known: a resource that the stack's creation added is new, whatever its update does to it. */
export function withChanges(known: readonly ResourceChange[], told: readonly ResourceChange[]): ResourceChange[] {
  const byId = new Map(known.map((change) => [change.logicalId, change]));
  for (const change of told) if (byId.get(change.logicalId)?.action !== "Add") byId.set(change.logicalId, change);
  return [...byId.values()];
}

/** What is stored, or nothing when it was told by a worker of another version. */
export function resourceChangesOf(stored: unknown): ResourceChange[] {
  return z.array(ResourceChange).safeParse(stored).data ?? [];
}
