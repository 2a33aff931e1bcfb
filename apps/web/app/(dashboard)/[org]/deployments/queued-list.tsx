import type { QueuedDeploymentRow } from "@branchline/core/deployments/queries";
import { durationText } from "@branchline/ui/duration-text";
import { Anchor } from "@mantine/core";
import { Link } from "@/components/link";
import { When } from "@/components/when";
import type { ActionState } from "@/lib/action-state";
import { rowLink } from "@/lib/live/row-link";
import { DeploymentButton } from "./[number]/deployment-button";
import classes from "./deployments.module.css";

type Props = {
  base: string;
  rows: QueuedDeploymentRow[];
  /** Null for somebody who may not cancel. */
  cancel: ((state: ActionState, form: FormData) => Promise<ActionState>) | null;
};

export function QueuedList({ base, rows, cancel }: Props) {
  return (
    <ol className={classes.queue}>
      {rows.map((row) => (
        <li key={row.number} className={classes.queued}>
          <span className={classes.position}>{row.position}</span>
          <span className={classes.what}>
            <Link href={`${base}/deployments/${row.number}`} className={classes.cardlink} {...rowLink}>
              #{row.number} {row.service} → <code>{row.stage}</code>
            </Link>
            <span className={classes.quiet}>
              <code>{row.commitSha?.slice(0, 7) ?? row.branch}</code> {row.commitMessage.split("\n")[0]} ·{" "}
              {row.triggeredBy.name}
            </span>
          </span>
          <span className={classes.waits}>
            <WaitsFor base={base} row={row} />
            <span className={classes.quiet}>
              since <When at={row.queuedAt} />
              {row.startsInMs !== null &&
                (row.startsInMs === 0 ? ", starts any moment" : `, starts in ~${durationText(row.startsInMs)}`)}
              {row.typicalMs !== null && `, takes ~${durationText(row.typicalMs)}`}
            </span>
          </span>
          {cancel !== null && (
            <DeploymentButton
              action={cancel}
              deploymentId={row.deploymentId}
              label="Cancel"
              ariaLabel={`Cancel deployment ${row.number}`}
              size="xs"
            />
          )}
        </li>
      ))}
    </ol>
  );
}

function WaitsFor({ base, row }: { base: string; row: QueuedDeploymentRow }) {
  if (row.waitsForNumber === null) return <span>waits for a free worker</span>;
  return (
    <span>
      waits for{" "}
      <Anchor component={Link} href={`${base}/deployments/${row.waitsForNumber}`} underline="always">
        #{row.waitsForNumber}
      </Anchor>
      , which deploys it now
    </span>
  );
}
