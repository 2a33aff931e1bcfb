import { classifyStack, type Stack } from "@branchline/aws";
import type { StackEvidence } from "@branchline/core/deployments/verdict";

const deploymentTag = "branchline:deployment";

/** What a stack proves at this moment. */
export function evidenceOf(stack: Stack | null): StackEvidence {
  if (stack === null) return { state: "none", status: null, madeBy: null, changedAt: null };
  const { status, tags, lastUpdatedAt, createdAt } = stack;
  return { state: stateOf(status), status, madeBy: tags[deploymentTag] ?? null, changedAt: lastUpdatedAt ?? createdAt };
}

function stateOf(status: string): StackEvidence["state"] {
  const { state } = classifyStack(status);
  switch (state) {
    case "deployed":
    case "rolled_back":
      return state;
    case "absent":
    case "shell":
      return "none";
    case "in_progress":
    case "needs_deletion":
    case "needs_repair":
      return "broken";
  }
}
