import type { StackEventView } from "@branchline/core/deployments/queries";
import type { TimelineItem, TimelineTone } from "@branchline/ui/timeline";

/** What CloudFormation calls a step, as the word for what becomes of the resource. */
const verbs: Record<string, { doing: string; done: string }> = {
  CREATE: { doing: "adding", done: "added" },
  UPDATE: { doing: "changing", done: "changed" },
  DELETE: { doing: "removing", done: "removed" },
  ROLLBACK: { doing: "rolling back", done: "rolled back" },
  UPDATE_ROLLBACK: { doing: "rolling back", done: "rolled back" },
  IMPORT: { doing: "importing", done: "imported" },
};

/** Each resource's way through a stack's events, in the order in which they began; the stack itself comes first. */
export function resourcesOf(events: readonly StackEventView[], isOver: boolean): TimelineItem[] {
  const byResource = Map.groupBy(events, (event) => event.logicalId);
  return [...byResource].map(([logicalId, own]) => itemOf(logicalId, own, isOver));
}

function itemOf(logicalId: string, events: StackEventView[], isOver: boolean): TimelineItem {
  const last = events.at(-1);
  const [first] = events;
  const failed = events.find((event) => event.status.endsWith("_FAILED"));
  const state = stateOf(events, last?.status ?? "", isOver);
  return {
    key: logicalId,
    label: logicalId,
    kind: first?.resourceType ?? "",
    word: failed === undefined ? state.word : "failed",
    tone: failed === undefined ? state.tone : "bad",
    from: first?.at ?? new Date(0),
    to: state.tone === "busy" ? null : (last?.at ?? null),
    note: failed?.reason ?? null,
  };
}

function stateOf(events: StackEventView[], status: string, isOver: boolean): { word: string; tone: TimelineTone } {
  const match = /^(.*?)(?:_COMPLETE)?_(IN_PROGRESS|COMPLETE|CLEANUP_IN_PROGRESS)$/.exec(status);
  const verb = verbs[match?.[1] ?? ""] ?? { doing: status.toLowerCase(), done: status.toLowerCase() };
  if (match?.[2] === "IN_PROGRESS" && !isOver) return { word: verb.doing, tone: "busy" };
  const isReplaced = new Set(events.map((event) => event.physicalId).filter(Boolean)).size > 1;
  const isUndone = status.includes("ROLLBACK");
  return {
    word: isReplaced ? "replaced" : verb.done,
    tone: isUndone ? "bad" : status.startsWith("DELETE") ? "off" : "good",
  };
}

/** The resources in whose way a rollback stopped. */
export function notRolledBack(events: readonly StackEventView[]): string[] {
  const byResource = Map.groupBy(events, (event) => event.logicalId);
  return [...byResource].flatMap(([logicalId, own]) => (own.at(-1)?.status === "UPDATE_FAILED" ? [logicalId] : []));
}
