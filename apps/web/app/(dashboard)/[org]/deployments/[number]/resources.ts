import type { StackEventView } from "@branchline/core/deployments/queries";
import type { ResourceChange } from "@branchline/core/deployments/resource-changes";
import type { TimelineItem, TimelineTone } from "@branchline/ui/timeline";

type Verb = { doing: string; done: string };

/** What CloudFormation calls a step, as the word for what becomes of the resource. */
const verbs: Record<string, Verb> = {
  CREATE: { doing: "adding", done: "added" },
  UPDATE: { doing: "changing", done: "changed" },
  DELETE: { doing: "removing", done: "removed" },
  ROLLBACK: { doing: "rolling back", done: "rolled back" },
  UPDATE_ROLLBACK: { doing: "rolling back", done: "rolled back" },
  IMPORT: { doing: "importing", done: "imported" },
};

/** The same of the actions of a change set. */
const actions: Record<ResourceChange["action"], Verb | null> = {
  Add: { doing: "adding", done: "added" },
  Modify: { doing: "changing", done: "changed" },
  Remove: { doing: "removing", done: "removed" },
  Import: { doing: "importing", done: "imported" },
  Dynamic: null,
};
const replacing = { doing: "replacing", done: "replaced" };

/**
 * Each resource's way through a stack's events, in the order in which they began; the stack itself comes first. What the
 * change set said of a resource names its change; events alone may call an addition an update.
 */
export function resourcesOf(
  events: readonly StackEventView[],
  isOver: boolean,
  changes: readonly ResourceChange[] = [],
): TimelineItem[] {
  const byResource = Map.groupBy(events, (event) => event.logicalId);
  const changeOf = new Map(changes.map((change) => [change.logicalId, change]));
  const isLeftAlone = ([logicalId, own]: [string, StackEventView[]]) =>
    changes.length > 0 && !changeOf.has(logicalId) && own.every(isQuietUpdate);
  return [...byResource]
    .filter((resource) => !isLeftAlone(resource))
    .map(([logicalId, own]) => itemOf(logicalId, own, isOver, changeOf.get(logicalId)));
}

/** What not every CloudFormation is silent about: a resource that an update passes without changing it. */
function isQuietUpdate({ resourceType, status }: StackEventView): boolean {
  return resourceType !== "AWS::CloudFormation::Stack" && /^UPDATE_(IN_PROGRESS|COMPLETE)$/.test(status);
}

function itemOf(
  logicalId: string,
  events: StackEventView[],
  isOver: boolean,
  change: ResourceChange | undefined,
): TimelineItem {
  const last = events.at(-1);
  const [first] = events;
  const failed = events.find((event) => event.status.endsWith("_FAILED"));
  const state = stateOf(events, last?.status ?? "", isOver, change);
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

function verbOf(step: string, status: string, change: ResourceChange | undefined): Verb {
  const told = change?.replacement === "True" ? replacing : change && actions[change.action];
  if (step === "UPDATE" && told) return told;
  return verbs[step] ?? { doing: status.toLowerCase(), done: status.toLowerCase() };
}

function stateOf(
  events: StackEventView[],
  status: string,
  isOver: boolean,
  change: ResourceChange | undefined,
): { word: string; tone: TimelineTone } {
  if (status === "DELETE_SKIPPED") return { word: "kept", tone: "off" };
  const match = /^(.*?)(?:_COMPLETE)?_(IN_PROGRESS|COMPLETE|CLEANUP_IN_PROGRESS)$/.exec(status);
  const verb = verbOf(match?.[1] ?? "", status, change);
  if (match?.[2] === "IN_PROGRESS" && !isOver) return { word: verb.doing, tone: "busy" };
  const isReplaced = new Set(events.map((event) => event.physicalId).filter(Boolean)).size > 1;
  const isUndone = status.includes("ROLLBACK");
  return {
    word: isReplaced ? "replaced" : verb.done,
    tone: isUndone ? "bad" : status.startsWith("DELETE") ? "off" : "good",
  };
}
