import type { BoardService, BoardStage, Board as BoardView } from "@branchline/core/board/queries";
import { Anchor, Text } from "@mantine/core";
import type { CSSProperties } from "react";
import { Link } from "@/components/link";
import { rowLink } from "@/lib/live/row-link";
import classes from "./board.module.css";
import { BoardCell } from "./board-cell";

/** Services × stages, an app at a time: every app has stages of its own. */
export function Board({ base, board }: { base: string; board: BoardView }) {
  const apps = Map.groupBy(board.services, (service) => service.app);
  return [...apps].map(([app, services]) => (
    <AppBoard
      key={app}
      base={base}
      app={app}
      services={services}
      stages={board.stages.filter((stage) => stage.app === app)}
    />
  ));
}

type AppProps = { base: string; app: string; services: BoardService[]; stages: BoardStage[] };

function AppBoard({ base, app, services, stages }: AppProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.board} style={{ "--stages": stages.length } as CSSProperties}>
        <caption className={classes.caption}>Services of {app} by stage</caption>
        <thead>
          <tr>
            <th scope="col" className={classes.app}>
              <Link href={`${base}/apps/${app}`}>{app}</Link>
            </th>
            {stages.map((stage) => (
              <th key={stage.name} scope="col">
                <code className={classes.stage}>{stage.name}</code>
                <span className={classes.account}>
                  {stage.accountId ?? "no account yet"} · {stage.region}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <ServiceRow key={service.service} base={base} service={service} stages={stages} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ServiceRow({ base, service, stages }: { base: string; service: BoardService; stages: BoardStage[] }) {
  const href = `${base}/apps/${service.app}/services/${service.service}`;
  return (
    <tr>
      <th scope="row" className={classes.service}>
        <Link href={href} className={classes.name} {...rowLink}>
          {service.service}
        </Link>
        <span className={classes.path}>{pathOf(service)}</span>
        <Trouble service={service} />
      </th>
      {service.enabled ? (
        stages.map((stage, place) => (
          <td key={stage.name} data-stage={stage.name}>
            <BoardCell base={base} cell={service.cells[stage.name]} previous={stages[place - 1]?.name} />
          </td>
        ))
      ) : (
        <td colSpan={Math.max(1, stages.length)}>
          <Anchor component={Link} href={`${href}/ci-cd`} aria-label={`Enable CI/CD of ${service.service}`}>
            Enable CI/CD
          </Anchor>
        </td>
      )}
    </tr>
  );
}

function pathOf({ repository, baseDirectory }: BoardService): string {
  if (repository === null) return "no repository";
  return `${repository.split("/")[1] ?? repository}/${baseDirectory}`;
}

function Trouble({ service }: { service: BoardService }) {
  const sentence = service.repositoryRemoved
    ? "The App lost access to its repository."
    : service.goneAt !== null
      ? "Its serverless.yml is gone from the repository."
      : null;
  if (sentence === null) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)">
      {sentence}
    </Text>
  );
}
