import type { BoardCell } from "@branchline/core/board/queries";
import { getDeployment } from "@branchline/core/deployments/queries";
import { Anchor, Group } from "@mantine/core";
import { CopyIcon } from "@/components/copy-field";
import { Panel } from "@/components/panel";
import { RowTable } from "@/components/row-table";
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
  const rows = outputs.flat().map((output) => ({
    key: `${output.stage}/${output.kind}/${output.key}`,
    cells: [<code key="stage">{output.stage}</code>, output.kind, output.key, <Value key="value" output={output} />],
  }));
  if (rows.length === 0) return null;
  return (
    <Panel title="Outputs and endpoints">
      <RowTable columns={["Stage", "Kind", "Name", "Value"]} rows={rows} />
    </Panel>
  );
}

function Value({ output: { key, value } }: { output: Output }) {
  return (
    <Group gap={4} wrap="nowrap">
      {/^https?:\/\//.test(value) ? (
        <Anchor href={value} target="_blank" rel="noreferrer" ff="monospace" size="xs">
          {value}
        </Anchor>
      ) : (
        <code>{value}</code>
      )}
      <CopyIcon label={key} value={value} />
    </Group>
  );
}
