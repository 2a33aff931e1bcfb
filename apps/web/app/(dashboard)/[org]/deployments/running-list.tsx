import type { RunningDeployment } from "@branchline/core/deployments/queries";
import { plainText } from "@branchline/ui/plain-text";
import { RunningBar } from "@branchline/ui/running-bar";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { StatusWord } from "@/components/status-word";
import { rowLink } from "@/lib/live/row-link";
import { Commit } from "./commit";
import classes from "./deployments.module.css";
import { Person } from "./person";

export function RunningList({ base, rows }: { base: string; rows: RunningDeployment[] }) {
  return (
    <ul className={classes.cards}>
      {rows.map((row) => (
        <li key={row.number} className={classes.card}>
          <div className={classes.cardhead}>
            <Link href={`${base}/deployments/${row.number}`} className={classes.rowlink} {...rowLink}>
              #{row.number} {row.service} → <code>{row.stage}</code>
            </Link>
            <StatusWord status={row.status} word={row.parkedBecause === null ? (row.phase ?? "starting") : "waiting"} />
          </div>
          <div className={classes.quiet}>
            <Commit row={row} /> · <Person person={row.triggeredBy} size={14} />
          </div>
          {row.startedAt !== null && (
            <RunningBar label={`Progress of deployment ${row.number}`} from={row.startedAt} typicalMs={row.typicalMs} />
          )}
          {row.parkedBecause === null ? (
            <div className={classes.lastline}>{plainText(row.lastLine ?? "")}</div>
          ) : (
            <div className={classes.parked}>{inCode(row.parkedBecause)}</div>
          )}
        </li>
      ))}
    </ul>
  );
}
