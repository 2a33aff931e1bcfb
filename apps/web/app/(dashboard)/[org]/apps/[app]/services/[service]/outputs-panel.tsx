import type { BoardCell } from "@branchline/core/board/queries";
import { getDeployment } from "@branchline/core/deployments/queries";
import { Anchor, Group, Table, TableTbody, TableTd, TableTh, TableThead, TableTr } from "@mantine/core";
import { CopyIcon } from "@/components/copy-field";
import { Panel } from "@/components/panel";
import panel from "@/components/panel.module.css";
import type { WebCtx } from "@/lib/ctx";

type Output = { stage: string; kind: string; key: string; value: string };

/** What the deployment that each stage runs now gave out. */
export async function OutputsPanel({ ctx, cells }: { ctx: WebCtx; cells: Record<string, BoardCell> }) {
  const deployed = Object.entries(cells).flatMap(([stage, { deployed: now }]) =>
    now === null ? [] : [{ stage, now }],
  );
  const outputs = await Promise.all(
    deployed.map(async ({ stage, now }): Promise<Output[]> => {
      const deployment = await getDeployment(ctx, now.number);
      return deployment.outputs.map((output) => ({ stage, ...output }));
    }),
  );
  const rows = outputs.flat();
  if (rows.length === 0) return null;
  return (
    <Panel title="Outputs and endpoints">
      <div className={panel.scroll}>
        <Table>
          <TableThead>
            <TableTr>
              <TableTh>Stage</TableTh>
              <TableTh>Name</TableTh>
              <TableTh>Value</TableTh>
            </TableTr>
          </TableThead>
          <TableTbody>
            {rows.map(({ stage, kind, key, value }) => (
              <TableTr key={`${stage}/${kind}/${key}`}>
                <TableTd>
                  <code>{stage}</code>
                </TableTd>
                <TableTd>{key}</TableTd>
                <TableTd>
                  <Group gap={4} wrap="nowrap">
                    <Value value={value} />
                    <CopyIcon label={key} value={value} />
                  </Group>
                </TableTd>
              </TableTr>
            ))}
          </TableTbody>
        </Table>
      </div>
    </Panel>
  );
}

function Value({ value }: { value: string }) {
  if (!/^https?:\/\//.test(value)) return <code>{value}</code>;
  return (
    <Anchor href={value} target="_blank" rel="noreferrer" ff="monospace" size="xs">
      {value}
    </Anchor>
  );
}
