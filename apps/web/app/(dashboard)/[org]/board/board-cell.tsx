import type { BoardCell as Cell } from "@branchline/core/board/queries";
import { RunningBar } from "@branchline/ui/running-bar";
import { Link } from "@/components/link";
import { StatusWord } from "@/components/status-word";
import { When } from "@/components/when";
import { Person } from "../deployments/person";
import { sentenceOf, wordOf } from "../deployments/words";
import classes from "./board.module.css";

type Props = {
  base: string;
  cell: Cell | undefined;
  /** The stage before, in promotion order. */
  previous: string | undefined;
};

/** The latest deployment of a service to a stage, and what runs there when that is something else. */
export function BoardCell({ base, cell, previous }: Props) {
  if (cell === undefined) return <span className={classes.none}>Not deployed yet</span>;
  const { number, status, reason } = cell;
  const why =
    status === "failed" || status === "cancelled"
      ? sentenceOf({ reason, reasonDetail: null, supersededByNumber: null })
      : null;
  return (
    <div className={classes.cell}>
      <Link href={`${base}/deployments/${number}`} className={classes.celllink}>
        <StatusWord status={status} word={wordOf(cell)} />
        <span className={classes.subject}>{cell.subject}</span>
      </Link>
      <span className={classes.facts}>
        <code>{cell.commitSha?.slice(0, 7) ?? "head"}</code> · <Person person={cell.triggeredBy} size={14} /> ·{" "}
        <When at={cell.finishedAt ?? cell.startedAt ?? cell.queuedAt} />
      </span>
      {status === "running" && cell.startedAt !== null && (
        <RunningBar label={`Progress of deployment ${number}`} from={cell.startedAt} typicalMs={cell.typicalMs} />
      )}
      {why !== null && <span className={classes.why}>{why}</span>}
      <RunsNow base={base} cell={cell} />
      <Behind cell={cell} previous={previous} />
    </div>
  );
}

function Behind({ cell: { deployed }, previous }: { cell: Cell; previous: string | undefined }) {
  if (previous === undefined || !deployed?.behind) return null;
  return (
    <span className={classes.facts}>
      {deployed.behind} {deployed.behind === 1 ? "commit" : "commits"} behind <code>{previous}</code>
    </span>
  );
}

function RunsNow({ base, cell: { deployed, number, status } }: { base: string; cell: Cell }) {
  if (deployed === null)
    return status === "succeeded" ? null : <span className={classes.facts}>Nothing runs there yet</span>;
  if (deployed.number === number) return null;
  return (
    <span className={classes.facts}>
      Runs{" "}
      <Link href={`${base}/deployments/${deployed.number}`} className={classes.runs}>
        <code>{deployed.commitSha?.slice(0, 7)}</code> {deployed.subject}
      </Link>
    </span>
  );
}
