import type { StackEventView } from "@branchline/core/deployments/queries";
import { describe, expect, it } from "vitest";
import { resourcesOf } from "./resources.ts";

function event(second: number, status: string, more: Partial<StackEventView> = {}): StackEventView {
  const at = new Date(Date.UTC(2026, 10, 24, 3, 0, second));
  return {
    at,
    status,
    logicalId: "Table",
    physicalId: "table-1",
    resourceType: "AWS::DynamoDB::Table",
    reason: null,
    ...more,
  };
}

describe("what became of a resource", () => {
  it.each([
    [["CREATE_IN_PROGRESS"], "adding", "busy"],
    [["CREATE_IN_PROGRESS", "CREATE_COMPLETE"], "added", "good"],
    [["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"], "changed", "good"],
    [["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"], "changed", "good"],
    [["DELETE_IN_PROGRESS", "DELETE_COMPLETE"], "removed", "off"],
    [["DELETE_SKIPPED"], "kept", "off"],
    [["UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"], "rolled back", "bad"],
    [["CREATE_IN_PROGRESS", "CREATE_FAILED"], "failed", "bad"],
  ])("of %j is %s", (statuses, word, tone) => {
    const [item] = resourcesOf(
      statuses.map((status, index) => event(index, status)),
      false,
    );
    expect(item).toMatchObject({ word, tone });
  });

  it("is a replacement when its physical id changes", () => {
    const events = [event(0, "UPDATE_IN_PROGRESS"), event(1, "UPDATE_COMPLETE", { physicalId: "table-2" })];
    expect(resourcesOf(events, false)[0]?.word).toBe("replaced");
  });

  it.each([
    [{ action: "Add" }, "added"],
    [{ action: "Modify", replacement: "False" }, "changed"],
    [{ action: "Modify", replacement: "True" }, "replaced"],
    [{ action: "Modify", replacement: "Conditional" }, "changed"],
  ] as const)("is what its change set said, %j, where the events say update", (change, word) => {
    const events = [event(0, "UPDATE_IN_PROGRESS"), event(1, "UPDATE_COMPLETE")];
    expect(resourcesOf(events, true, [{ logicalId: "Table", ...change }])[0]?.word).toBe(word);
  });

  it("is not listed when the change set leaves it alone, unless it failed", () => {
    const others = [{ logicalId: "Topic", action: "Add" }] as const;
    const updated = [event(0, "UPDATE_IN_PROGRESS"), event(1, "UPDATE_COMPLETE")];
    expect(resourcesOf(updated, true, others)).toEqual([]);
    expect(resourcesOf([event(0, "UPDATE_FAILED")], true, others)).toHaveLength(1);
    expect(resourcesOf(updated, true, [])).toHaveLength(1);
  });

  it("is told with CloudFormation's reason when it failed, also after its rollback", () => {
    const failed = event(1, "UPDATE_FAILED", { reason: "it exists" });
    const [item] = resourcesOf([event(0, "UPDATE_IN_PROGRESS"), failed, event(2, "UPDATE_COMPLETE")], true);
    expect(item).toMatchObject({ word: "failed", note: "it exists" });
  });
});
