import type { DeploymentView } from "@branchline/core/deployments/queries";
import { isTerminal } from "@branchline/core/deployments/status";
import { Duration } from "@branchline/ui/duration";
import { KeyValue } from "@branchline/ui/key-value";
import { RunningBar } from "@branchline/ui/running-bar";
import { Anchor } from "@mantine/core";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { StatusWord } from "@/components/status-word";
import { When } from "@/components/when";
import { can, type WebCtx } from "@/lib/ctx";
import { Person } from "../person";
import { wordOf } from "../words";
import { cancel, redeploy } from "./actions";
import { CancelButton } from "./cancel-button";
import classes from "./deployment.module.css";
import { DeploymentButton } from "./deployment-button";

type Props = { ctx: WebCtx; deployment: DeploymentView };

export function Head({ ctx, deployment }: Props) {
  const { slug } = ctx.organization;
  const { number, app, service, stage, deploymentId, status, cancelAskedBy } = deployment;
  const isOver = isTerminal(status);
  return (
    <>
      <PageHead
        title={
          <>
            #{number}{" "}
            <Link href={`/${slug}/apps/${app}/services/${service}`} className={classes.service}>
              {service}
            </Link>{" "}
            → <code>{stage}</code>
          </>
        }
        text={inCode(deployment.because)}
      >
        {!isOver && cancelAskedBy === null && can(ctx, "deployment.cancel") && (
          <CancelButton
            action={cancel.bind(null, slug)}
            deploymentId={deploymentId}
            number={number}
            createsStack={deployment.createsStack}
            stackName={deployment.stackName ?? "not known"}
            accountId={deployment.profile.accountId}
          />
        )}
        {isOver && can(ctx, "deployment.queue") && (
          <DeploymentButton action={redeploy.bind(null, slug)} deploymentId={deploymentId} label="Redeploy" />
        )}
      </PageHead>
      <KeyValue facts={factsOf(slug, deployment)} />
    </>
  );
}

function factsOf(slug: string, deployment: DeploymentView) {
  const { commitSha, commitMessage, profile, region, stackName, stackStatus } = deployment;
  return [
    { name: "Status", value: <StatusWord status={deployment.status} word={wordOf(deployment)} /> },
    { name: elapsedName(deployment), value: <Elapsed deployment={deployment} /> },
    {
      name: "Commit",
      value: (
        <>
          {commitSha === null ? (
            "The branch's head"
          ) : (
            <code title={commitSha} className={classes.sha}>
              {commitSha.slice(0, 7)}
            </code>
          )}
          <span className={classes.subject}>{commitMessage.split("\n")[0]}</span>
        </>
      ),
    },
    { name: "Branch", value: <code>{deployment.branch}</code> },
    {
      name: deployment.trigger === "push" ? "Pushed by" : "Started by",
      value: <Person person={deployment.triggeredBy} />,
    },
    { name: "Trigger", value: deployment.trigger },
    {
      name: "Profile",
      value: (
        <Anchor component={Link} href={`/${slug}/profiles/${profile.slug}`} underline="always">
          {profile.slug}
        </Anchor>
      ),
    },
    {
      name: "Account",
      value: (
        <code>
          {profile.accountId ?? "not known"} · {region}
        </code>
      ),
    },
    ...(stackName === null
      ? []
      : [{ name: "Stack", value: <code>{stackStatus === null ? stackName : `${stackName} · ${stackStatus}`}</code> }]),
  ];
}

function elapsedName({ startedAt, finishedAt }: DeploymentView): string {
  if (startedAt === null) return finishedAt === null ? "Waiting" : "Waited";
  return finishedAt === null ? "Elapsed" : "Took";
}

function Elapsed({ deployment }: { deployment: DeploymentView }) {
  const { status, startedAt, finishedAt, queuedAt, typicalMs, number } = deployment;
  if (startedAt === null && finishedAt !== null) return <Duration from={queuedAt} to={finishedAt} />;
  if (startedAt === null)
    return (
      <>
        since <When at={queuedAt} />
      </>
    );
  if (status === "running")
    return <RunningBar label={`Progress of deployment ${number}`} from={startedAt} typicalMs={typicalMs} />;
  return (
    <>
      <Duration from={startedAt} to={finishedAt} /> · <When at={finishedAt ?? startedAt} />
    </>
  );
}
