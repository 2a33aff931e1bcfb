import type { DeploymentStatus } from "@branchline/core/deployments/status";
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconProgress,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "./status-word.module.css";

const marks: Record<DeploymentStatus, TablerIcon> = {
  queued: IconCircleDashed,
  running: IconProgress,
  succeeded: IconCircleCheck,
  failed: IconCircleX,
  cancelled: IconCircleMinus,
};

/** A status by colour, shape and word. */
export function StatusWord({ status }: { status: DeploymentStatus }) {
  const Mark = marks[status];
  return (
    <span className={classes.status} data-status={status}>
      <Mark size={15} aria-hidden />
      {status}
    </span>
  );
}
