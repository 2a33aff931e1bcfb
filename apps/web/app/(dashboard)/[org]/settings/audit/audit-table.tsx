import type { AuditRow } from "@branchline/core/audit/queries";
import { Code, Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text } from "@mantine/core";
import panel from "@/components/panel.module.css";
import { When } from "@/components/when";

export function AuditTable({ entries }: { entries: AuditRow[] }) {
  return (
    <section className={panel.scroll} aria-label="Audit entries">
      <Table verticalSpacing={8}>
        <TableThead>
          <TableTr>
            <TableTh>When</TableTh>
            <TableTh>Who</TableTh>
            <TableTh>What</TableTh>
            <TableTh>Of</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {entries.map((entry) => (
            <TableTr key={entry.entryId}>
              <TableTd style={{ whiteSpace: "nowrap" }}>
                <When at={entry.at} />
              </TableTd>
              <TableTd>
                {entry.actorName}
                {entry.actorRole !== null && (
                  <Text size="xs" c="dimmed">
                    {entry.actorRole}
                  </Text>
                )}
              </TableTd>
              <TableTd>
                <Code>{entry.action}</Code>
              </TableTd>
              <TableTd>
                {entry.subjectKind} {entry.subjectName}
                <Detail detail={entry.detail} />
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </section>
  );
}

function Detail({ detail }: { detail: Record<string, unknown> }) {
  const text = JSON.stringify(detail);
  if (text === "{}") return null;
  return (
    <details>
      <Text component="summary" size="xs" c="dimmed" style={{ cursor: "pointer" }}>
        Detail
      </Text>
      <Code block fz="xs" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {JSON.stringify(detail, null, 2)}
      </Code>
    </details>
  );
}
