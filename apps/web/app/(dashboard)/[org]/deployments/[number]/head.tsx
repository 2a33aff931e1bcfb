import type { DeploymentView } from "@branchline/core/deployments/queries";
import { isTerminal } from "@branchline/core/deployments/status";
import { Duration } from "@branchline/ui/duration";
import { KeyValue } from "@branchline/ui/key-value";
import { RunningBar } from "@branchline/ui/running-bar";
import { Anchor } from "@mantine/core";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Sentence } from "@/components/sentence";
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
        text={<Sentence text={`Because ${deployment.because}.`} base={`/${slug}`} />}
        mb={0}
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
  const { subject, stackName } = deployment;
  const commitSha = deployment.commitSha ?? deployment.wantedCommit;
  return [
    { name: "Status", value: <StatusWord status={deployment.status} word={wordOf(deployment)} /> },
    { name: elapsedName(deployment), value: <Elapsed deployment={deployment} /> },
    {
      name: "Commit",
      isLong: true,
      value: (
        <>
          {commitSha === null ? (
            "the branch's head"
          ) : (
            <code title={commitSha} className={classes.sha}>
              {commitSha.slice(0, 7)}
            </code>
          )}
          <span className={classes.subject} title={subject}>
            {subject}
          </span>
        </>
      ),
    },
    { name: "Branch", value: <code>{deployment.branch}</code> },
    {
      name: deployment.trigger === "push" ? "Pushed by" : "Started by",
      value: <Person person={deployment.triggeredBy} />,
    },
    { name: "Profile", isLong: true, value: <Profile slug={slug} deployment={deployment} /> },
    ...(stackName === null ? [] : [{ name: "Stack", isLong: true, value: <code>{stackOf(deployment)}</code> }]),
  ];
}

function Profile({ slug, deployment: { profile, region } }: { slug: string; deployment: DeploymentView }) {
  return (
    <>
      <Anchor component={Link} href={`/${slug}/profiles/${profile.slug}`} underline="always">
        {profile.slug}
      </Anchor>
      <code>
        {profile.accountId ?? "account not known"} · {region}
      </code>
    </>
  );
}

const restingStates = ["CREATE_COMPLETE", "UPDATE_COMPLETE"];

/** Its state stands beside the name when it is not the one that everybody expects. */
function stackOf({ stackName, stackStatus }: DeploymentView): string {
  return stackStatus === null || restingStates.includes(stackStatus) ? `${stackName}` : `${stackName} · ${stackStatus}`;
}

function elapsedName({ startedAt, finishedAt }: DeploymentView): string {
  if (startedAt === null) return finishedAt === null ? "Waiting" : "Waited";
  return finishedAt === null ? "Elapsed" : "Took";
}

function Elapsed({ deployment }: { deployment: DeploymentView }) {
  const { status, startedAt, finishedAt, queuedAt, typicalMs, number } = deployment;
  if (startedAt === null) return <Duration from={queuedAt} to={finishedAt} />;
  if (status === "running")
    return <RunningBar label={`Progress of deployment ${number}`} from={startedAt} typicalMs={typicalMs} />;
  return (
    <>
      <Duration from={startedAt} to={finishedAt} /> · <When at={finishedAt ?? startedAt} />
    </>
  );
}
