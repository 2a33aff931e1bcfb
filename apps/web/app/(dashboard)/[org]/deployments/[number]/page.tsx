import { listQueued } from "@branchline/core/deployments/list-queued";
import { getDeployment } from "@branchline/core/deployments/queries";
import { repairOf } from "@branchline/core/deployments/stack-repair";
import { isTerminal } from "@branchline/core/deployments/status";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { can, requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { redeploy } from "./actions";
import classes from "./deployment.module.css";
import { Head } from "./head";
import { LeakNote } from "./leak-note";
import { LiveDeployment } from "./live-deployment";
import { openingOf } from "./opening";
import { OutputList } from "./output-list";
import { ReasonNote } from "./reason-note";
import { StackRepair } from "./stack-repair";

type Props = { params: Promise<{ org: string; number: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `#${(await params).number}` };
}

export default async function DeploymentPage({ params }: Props) {
  const { org, number } = await params;
  const ctx = await requireCtx(org);
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
  const deployment = await found(getDeployment(ctx, Number(number)));
  const [opening, queue] = await Promise.all([
    openingOf(ctx, deployment),
    deployment.status === "queued" ? listQueued(ctx) : [],
  ]);
  const repair = isTerminal(deployment.status) ? repairOf(deployment.stackStatus) : null;
  return (
    <div className={classes.page}>
      <Head ctx={ctx} deployment={deployment} />
      <ReasonNote
        slug={ctx.organization.slug}
        deployment={deployment}
        queued={queue.find((row) => row.number === deployment.number) ?? null}
      />
      <LeakNote leaks={deployment.leaks} />
      {repair !== null && can(ctx, "deployment.queue") && (
        <StackRepair
          action={redeploy.bind(null, org)}
          deploymentId={deployment.deploymentId}
          repair={repair}
          stackName={deployment.stackName ?? ""}
          accountId={deployment.profile.accountId}
          stuck={deployment.stackStuck}
        />
      )}
      <LiveDeployment deployment={deployment} opening={opening}>
        <OutputList slug={ctx.organization.slug} deployment={deployment} />
      </LiveDeployment>
    </div>
  );
}
