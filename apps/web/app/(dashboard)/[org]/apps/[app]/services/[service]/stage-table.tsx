import type { BoardCell } from "@branchline/core/board/queries";
import { isGlob, ownStage } from "@branchline/core/branch-mappings/rules";
import type { MappingView, ServiceView } from "@branchline/core/services/queries";
import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "@/components/link";
import { RowTable } from "@/components/row-table";
import { StatusWord } from "@/components/status-word";
import { When } from "@/components/when";
import { Person } from "../../../../deployments/person";
import { wordOf } from "../../../../deployments/words";
import { type DeployAction, DeployNow } from "./deploy-now";

type Props = {
  base: string;
  service: ServiceView;
  /** The app's, in the order of promotion. */
  stages: string[];
  cells: Record<string, BoardCell>;
  /** Null for somebody who may not deploy. */
  action: DeployAction | null;
};

export function StageTable({ base, service, stages, cells, action }: Props) {
  const sorted = service.branchDeploys
    .map((row) => ({ row, place: row.stage === ownStage ? stages.length : stages.indexOf(row.stage) }))
    .sort((a, b) => a.place - b.place);
  const rows = sorted.map(({ row }) => ({
    key: row.branch,
    cells: [
      <Stage key="stage" row={row} />,
      <From key="from" base={base} row={row} />,
      <LastDeployment key="last" base={base} cell={cells[row.stage]} />,
      <RunsNow key="now" cell={cells[row.stage]} />,
      action !== null && !isGlob(row.branch) && (
        <DeployNow key="deploy" action={action} serviceId={service.serviceId} branch={row.branch} stage={row.stage} />
      ),
    ],
  }));
  return <RowTable columns={["Stage", "From", "Last deployment", "Runs now", null]} rows={rows} />;
}

function Stage({ row: { stage, profile } }: { row: MappingView }) {
  return (
    <>
      <Text fw={500} size="sm">
        {stage === ownStage ? "one per branch" : <code>{stage}</code>}
      </Text>
      <Text size="xs" c="dimmed">
        {profile.accountId ?? "no account yet"} · {profile.region}
      </Text>
    </>
  );
}

function From({ base, row: { branch, profile } }: { base: string; row: MappingView }) {
  return (
    <>
      <code>{branch}</code>
      <Text size="xs" c="dimmed">
        profile{" "}
        <Anchor component={Link} href={`${base}/profiles/${profile.slug}`} size="xs" underline="always">
          {profile.slug}
        </Anchor>
        {profile.provenAt === null && ", unproven"}
      </Text>
    </>
  );
}

function LastDeployment({ base, cell }: { base: string; cell: BoardCell | undefined }) {
  if (cell === undefined) return <Text c="dimmed">None yet</Text>;
  return (
    <>
      <Group gap={6} wrap="nowrap">
        <Anchor component={Link} href={`${base}/deployments/${cell.number}`} underline="always" inherit>
          #{cell.number}
        </Anchor>
        <StatusWord status={cell.status} word={wordOf(cell)} />
      </Group>
      <Text size="xs" c="dimmed" component="div">
        <Person person={cell.triggeredBy} size={14} /> ·{" "}
        <When at={cell.finishedAt ?? cell.startedAt ?? cell.queuedAt} />
      </Text>
    </>
  );
}

function RunsNow({ cell }: { cell: BoardCell | undefined }) {
  if (cell?.deployed == null) return <Text c="dimmed">Nothing</Text>;
  const { subject, commitSha, at } = cell.deployed;
  return (
    <>
      {subject}
      <Text size="xs" c="dimmed">
        <code>{commitSha?.slice(0, 7)}</code> · <When at={at} />
      </Text>
    </>
  );
}
