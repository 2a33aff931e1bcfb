import type { RunningDeployment } from "@branchline/core/deployments/queries";
import { RunningBar } from "@branchline/ui/running-bar";
import { Link } from "@/components/link";
import { StatusWord } from "@/components/status-word";
import { rowLink } from "@/lib/live/row-link";
import classes from "./deployments.module.css";
import { Person } from "./person";
import { plainLine } from "./plain-line";

export function RunningList({ base, rows }: { base: string; rows: RunningDeployment[] }) {
  return (
    <ul className={classes.cards}>
      {rows.map((row) => (
        <li key={row.number} className={classes.card}>
          <div className={classes.cardhead}>
            <Link href={`${base}/deployments/${row.number}`} className={classes.cardlink} {...rowLink}>
              #{row.number} {row.service} → <code>{row.stage}</code>
            </Link>
            <StatusWord status={row.status} word={row.parkedBecause === null ? (row.phase ?? "starting") : "waiting"} />
          </div>
          <div className={classes.quiet}>
            <code>{row.commitSha?.slice(0, 7) ?? row.branch}</code> {row.commitMessage.split("\n")[0]}
          </div>
          {row.startedAt !== null && (
            <RunningBar label={`Progress of deployment ${row.number}`} from={row.startedAt} typicalMs={row.typicalMs} />
          )}
          <div className={classes.lastline}>{row.parkedBecause ?? plainLine(row.lastLine ?? "")}</div>
          <div className={classes.quiet}>
            <Person person={row.triggeredBy} />
          </div>
        </li>
      ))}
    </ul>
  );
}
