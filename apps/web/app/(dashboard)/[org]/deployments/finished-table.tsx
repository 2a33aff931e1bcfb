import type { DeploymentRow } from "@branchline/core/deployments/view";
import { Duration } from "@branchline/ui/duration";
import { Table, TableTbody, TableTd, TableTh, TableThead, TableTr } from "@mantine/core";
import { Link } from "@/components/link";
import { Sentence } from "@/components/sentence";
import { StatusWord } from "@/components/status-word";
import { When } from "@/components/when";
import { rowLink } from "@/lib/live/row-link";
import classes from "./deployments.module.css";
import { Person } from "./person";
import { sentenceOf, wordOf } from "./words";

export function FinishedTable({ base, rows }: { base: string; rows: DeploymentRow[] }) {
  return (
    <Table className={classes.table ?? ""} verticalSpacing={8}>
      <TableThead>
        <TableTr>
          <TableTh>Deployment</TableTh>
          <TableTh>Commit</TableTh>
          <TableTh>Result</TableTh>
          <TableTh>By</TableTh>
          <TableTh className={classes.number ?? ""}>Took</TableTh>
          <TableTh className={classes.number ?? ""}>When</TableTh>
        </TableTr>
      </TableThead>
      <TableTbody>
        {rows.map((row) => (
          <FinishedRow key={row.number} base={base} row={row} />
        ))}
      </TableTbody>
    </Table>
  );
}

function FinishedRow({ base, row }: { base: string; row: DeploymentRow }) {
  return (
    <TableTr>
      <TableTd className={classes.name ?? ""}>
        <Link href={`${base}/deployments/${row.number}`} className={classes.rowlink} {...rowLink}>
          #{row.number} {row.service} → <code>{row.stage}</code>
        </Link>
      </TableTd>
      <TableTd className={classes.commit ?? ""}>
        <span className={classes.clip}>{row.subject}</span>
        <span className={classes.quiet}>
          <code>{row.commitSha?.slice(0, 7) ?? "head"}</code> · <code>{row.branch}</code>
        </span>
      </TableTd>
      <TableTd className={classes.result ?? ""}>
        <Result base={base} row={row} />
      </TableTd>
      <TableTd className={classes.by ?? ""}>
        <Person person={row.triggeredBy} />
        <span className={classes.quiet}>{row.trigger}</span>
      </TableTd>
      <TableTd className={classes.number ?? ""}>
        {row.startedAt === null ? "–" : <Duration from={row.startedAt} to={row.finishedAt} />}
      </TableTd>
      <TableTd className={classes.number ?? ""}>
        <When at={row.finishedAt ?? row.queuedAt} />
      </TableTd>
    </TableTr>
  );
}

function Result({ base, row }: { base: string; row: DeploymentRow }) {
  const sentence = row.status === "succeeded" ? null : sentenceOf(row);
  return (
    <>
      <StatusWord status={row.status} word={wordOf(row)} />
      {sentence !== null && (
        <span className={classes.reason}>
          <Sentence text={sentence} base={base} />
        </span>
      )}
    </>
  );
}
