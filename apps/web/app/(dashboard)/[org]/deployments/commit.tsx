import type { DeploymentRow } from "@branchline/core/deployments/view";

type Props = { row: Pick<DeploymentRow, "commitSha" | "branch" | "subject"> };

/** A commit in a line: the branch stands for its head until a worker has pinned it. */
export function Commit({ row: { commitSha, branch, subject } }: Props) {
  if (commitSha === null) {
    return (
      <>
        the head of <code>{branch}</code>
      </>
    );
  }
  return (
    <>
      <code>{commitSha.slice(0, 7)}</code> {subject}
    </>
  );
}
