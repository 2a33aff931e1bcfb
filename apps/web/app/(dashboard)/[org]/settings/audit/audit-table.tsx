import type { AuditRow } from "@branchline/core/audit/queries";
import { Code, Text } from "@mantine/core";
import { RowTable } from "@/components/row-table";
import { When } from "@/components/when";
import classes from "./audit.module.css";
import { deedOf } from "./deeds";

export function AuditTable({ entries }: { entries: AuditRow[] }) {
  const rows = entries.map((entry) => ({
    key: entry.entryId,
    cells: [<When key="when" at={entry.at} />, <Actor key="who" entry={entry} />, <Deed key="what" entry={entry} />],
  }));
  return <RowTable columns={["When", "Who", "What"]} rows={rows} />;
}

function Actor({ entry: { actorName, actorRole } }: { entry: AuditRow }) {
  return (
    <>
      {actorName}
      {actorRole !== null && (
        <Text size="xs" c="dimmed">
          {actorRole}
        </Text>
      )}
    </>
  );
}

/** The deed in words, and behind it what it was for machines. */
function Deed({ entry: { action, subjectName, detail } }: { entry: AuditRow }) {
  return (
    <details className={classes.deed}>
      <summary>
        {deedOf(action)} <span className={classes.subject}>{subjectName}</span>
      </summary>
      <Code block fz="xs" className={classes.detail ?? ""}>
        {JSON.stringify({ action, ...detail }, null, 2)}
      </Code>
    </details>
  );
}
