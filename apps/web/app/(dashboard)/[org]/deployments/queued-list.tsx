import type { QueuedDeploymentRow } from "@branchline/core/deployments/list-queued";
import { Link } from "@/components/link";
import { Sentence } from "@/components/sentence";
import type { ActionState } from "@/lib/action-state";
import { rowLink } from "@/lib/live/row-link";
import { DeploymentButton } from "./[number]/deployment-button";
import { Commit } from "./commit";
import classes from "./deployments.module.css";
import { Estimate } from "./estimate";
import { Person } from "./person";
import { WaitSentence } from "./wait-sentence";

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
            <Link href={`${base}/deployments/${row.number}`} className={classes.rowlink} {...rowLink}>
              #{row.number} {row.service} → <code>{row.stage}</code>
            </Link>
            <span className={classes.quiet}>
              <Commit row={row} /> · <Person person={row.triggeredBy} size={14} />
            </span>
          </span>
          <span className={classes.waits}>
            <WaitSentence base={base} row={row} />
            {row.wait.detail !== undefined && (
              <span className={classes.reason}>
                <Sentence text={row.wait.detail} base={base} />
              </span>
            )}
            <span className={classes.quiet}>
              <Estimate row={row} />
            </span>
          </span>
          {cancel !== null && (
            <span className={classes.above}>
              <DeploymentButton
                action={cancel}
                deploymentId={row.deploymentId}
                label="Cancel deployment"
                ariaLabel={`Cancel deployment ${row.number}`}
                size="xs"
              />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
