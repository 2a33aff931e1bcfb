import type { BoardCell } from "@branchline/core/board/queries";
import { isGlob, ownStage } from "@branchline/core/branch-mappings/rules";
import type { MappingView, ServiceView } from "@branchline/core/services/queries";
import { Anchor, Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@/components/link";
import panel from "@/components/panel.module.css";
import { StatusWord } from "@/components/status-word";
import { When } from "@/components/when";
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
  const rows = service.branchDeploys
    .map((row) => ({ row, place: row.stage === ownStage ? stages.length : stages.indexOf(row.stage) }))
    .sort((a, b) => a.place - b.place);
  return (
    <div className={panel.scroll}>
      <Table verticalSpacing={8}>
        <TableThead>
          <TableTr>
            <TableTh>Stage</TableTh>
            <TableTh>From</TableTh>
            <TableTh>Last deployment</TableTh>
            <TableTh>Runs now</TableTh>
            <TableTh>
              <VisuallyHidden>Actions</VisuallyHidden>
            </TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {rows.map(({ row }) => (
            <TableTr key={row.branch}>
              <StageCells base={base} row={row} cell={cells[row.stage]} />
              <TableTd>
                {action !== null && !isGlob(row.branch) && (
                  <DeployNow action={action} serviceId={service.serviceId} branch={row.branch} stage={row.stage} />
                )}
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </div>
  );
}

function StageCells({ base, row, cell }: { base: string; row: MappingView; cell: BoardCell | undefined }) {
  const { profile } = row;
  return (
    <>
      <TableTd>
        <Text fw={500} size="sm">
          {row.stage === ownStage ? "one per branch" : <code>{row.stage}</code>}
        </Text>
        <Text size="xs" c="dimmed">
          {profile.accountId ?? "no account yet"} · {profile.region}
        </Text>
      </TableTd>
      <TableTd>
        <code>{row.branch}</code>
        <Text size="xs" c="dimmed">
          profile{" "}
          <Anchor component={Link} href={`${base}/profiles/${profile.slug}`} size="xs" underline="always">
            {profile.slug}
          </Anchor>
          {profile.provenAt === null && ", unproven"}
        </Text>
      </TableTd>
      <TableTd>
        {cell === undefined ? <Text c="dimmed">None yet</Text> : <LastDeployment base={base} cell={cell} />}
      </TableTd>
      <TableTd>
        {cell?.deployed == null ? (
          <Text c="dimmed">Nothing</Text>
        ) : (
          <>
            {cell.deployed.commitMessage}
            <Text size="xs" c="dimmed">
              <code>{cell.deployed.commitSha?.slice(0, 7)}</code> · <When at={cell.deployed.at} />
            </Text>
          </>
        )}
      </TableTd>
    </>
  );
}

function LastDeployment({ base, cell }: { base: string; cell: BoardCell }) {
  return (
    <>
      <StatusWord status={cell.status} />{" "}
      <Anchor component={Link} href={`${base}/deployments/${cell.number}`}>
        #{cell.number}
      </Anchor>
      <Text size="xs" c="dimmed">
        {cell.author} · <When at={cell.finishedAt ?? cell.startedAt ?? cell.queuedAt} />
      </Text>
    </>
  );
}
