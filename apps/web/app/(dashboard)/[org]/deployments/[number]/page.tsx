import { getDeployment, listQueued } from "@branchline/core/deployments/queries";
import { repairOf } from "@branchline/core/deployments/stack-repair";
import { isTerminal } from "@branchline/core/deployments/status";
import { readChunks } from "@branchline/core/logs/queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { can, requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { idOf } from "@/lib/live/frames";
import { redeploy } from "./actions";
import classes from "./deployment.module.css";
import { Head } from "./head";
import { LeakNote } from "./leak-note";
import { LiveDeployment } from "./live-deployment";
import { OutputList } from "./output-list";
import { ReasonNote } from "./reason-note";
import { notRolledBack } from "./resources";
import { StackRepair } from "./stack-repair";

type Props = { params: Promise<{ org: string; number: string }> };

/** Chunks of 32 KiB that the page itself brings: most logs are whole at once, and longer ones go on by the stream. */
const chunksInPage = 6;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `#${(await params).number}` };
}

export default async function DeploymentPage({ params }: Props) {
  const { org, number } = await params;
  const ctx = await requireCtx(org);
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
  const deployment = await found(getDeployment(ctx, Number(number)));
  const [chunks, queue] = await Promise.all([
    readChunks(ctx.db, deployment.deploymentId, null, chunksInPage),
    deployment.status === "queued" ? listQueued(ctx) : [],
  ]);
  const repair = isTerminal(deployment.status) ? repairOf(deployment.stackStatus) : null;
  const last = chunks.at(-1);
  const isWhole = isTerminal(deployment.status) && chunks.length < chunksInPage;
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
          failed={notRolledBack(deployment.stackEvents)}
        />
      )}
      <LiveDeployment
        deployment={deployment}
        parts={chunks.map(({ firstLine, text, continues, at }) => ({ firstLine, text, continues, at }))}
        after={last === undefined ? null : idOf(last)}
        isWhole={isWhole}
      >
        <OutputList deployment={deployment} />
      </LiveDeployment>
    </div>
  );
}
