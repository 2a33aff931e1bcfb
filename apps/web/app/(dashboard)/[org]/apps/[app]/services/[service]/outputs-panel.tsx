import type { BoardCell } from "@branchline/core/board/queries";
import { listOutputs, type StageOutput } from "@branchline/core/deployments/queries";
import { Anchor, Group } from "@mantine/core";
import { CopyIcon } from "@/components/copy-field";
import { Panel } from "@/components/panel";
import { RowTable } from "@/components/row-table";
import type { WebCtx } from "@/lib/ctx";

/** What the deployment that each stage runs now gave out. */
export async function OutputsPanel({ ctx, cells }: { ctx: WebCtx; cells: Record<string, BoardCell> }) {
  const deployed = Object.values(cells).flatMap(({ deployed: now }) => (now === null ? [] : [now.number]));
  const outputs = await listOutputs(ctx, deployed);
  const rows = outputs.map((output) => ({
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

function Value({ output: { key, value } }: { output: StageOutput }) {
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
