import type { DeploymentRow } from "@branchline/core/deployments/view";

type Props = { row: Pick<DeploymentRow, "commitSha" | "wantedCommit" | "branch" | "subject"> };

/** A commit in a line: until a worker has pinned it, what was asked for. */
export function Commit({ row: { commitSha, wantedCommit, branch, subject } }: Props) {
  if (commitSha === null && wantedCommit !== null) {
    return (
      <>
        <code>{wantedCommit.slice(0, 7)}</code> of <code>{branch}</code>
      </>
    );
  }
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
