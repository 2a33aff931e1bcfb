import type { DeploymentFilters } from "@branchline/core/deployments/queries";
import type { DeploymentRow } from "@branchline/core/deployments/view";

type Loaded = { [Key in keyof DeploymentFilters]-?: Exclude<DeploymentFilters[Key], undefined> | null };

/** The filters that are set. */
export function filtersOf({ service, stage, status, branch, person }: Loaded): DeploymentFilters {
  return Object.fromEntries(
    Object.entries({ service, stage, status, branch, person }).filter(([, value]) => value !== null && value !== ""),
  );
}

/** The same filters for what has not ended; a result is not a question about those. */
export function isShown({ service, stage, branch, person }: DeploymentFilters): (row: DeploymentRow) => boolean {
  const fits = (wanted: string | undefined, value: string) => wanted === undefined || wanted === value;
  return (row) =>
    fits(service, row.service) &&
    fits(stage, row.stage) &&
    fits(branch, row.branch) &&
    fits(person, row.triggeredBy.name);
}

export function addressWith(filters: DeploymentFilters, before: number): string {
  return `?${new URLSearchParams({ ...filters, before: String(before) })}`;
}
