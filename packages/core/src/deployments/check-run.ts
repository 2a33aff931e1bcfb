import { explain } from "./reasons.ts";
import type { ReportableDeployment } from "./report.ts";
import type { DeploymentStatus } from "./status.ts";

/** A check run in the words of GitHub's REST API. */
export type CheckRun = {
  name: string;
  externalId: string;
  detailsUrl: string;
  status: "queued" | "in_progress" | "completed";
  conclusion?: "success" | "failure" | "cancelled" | "neutral";
  startedAt?: Date;
  completedAt?: Date;
  title: string;
  /** Markdown. */
  summary: string;
};

/** What a commit shows of a deployment. */
export function checkRunOf(deployment: ReportableDeployment, webUrl: string): CheckRun {
  const { app, service, stage, number, organizationSlug, startedAt, finishedAt } = deployment;
  return {
    name: `Branchline: ${app}/${service} → ${stage}`,
    externalId: deployment.deploymentId,
    detailsUrl: `${webUrl}/${organizationSlug}/deployments/${number}`,
    ...progress[deployment.status],
    ...(startedAt === null ? {} : { startedAt }),
    ...(finishedAt === null ? {} : { completedAt: finishedAt }),
    ...conclusionOf(deployment),
    title: titleOf(deployment),
    summary: summaryOf(deployment),
  };
}

const progress = {
  queued: { status: "queued" },
  running: { status: "in_progress" },
  succeeded: { status: "completed" },
  failed: { status: "completed" },
  cancelled: { status: "completed" },
} as const satisfies Record<DeploymentStatus, Pick<CheckRun, "status">>;

function conclusionOf({ status, reason }: ReportableDeployment): Pick<CheckRun, "conclusion"> {
  switch (status) {
    case "queued":
    case "running":
      return {};
    case "succeeded":
      return { conclusion: "success" };
    case "failed":
      return { conclusion: "failure" };
    case "cancelled":
      // A superseded deployment is no fault of the commit, so it must not hold back a merge.
      return { conclusion: reason === "superseded" ? "neutral" : "cancelled" };
  }
}

function titleOf({ status, service, stage, reason, supersededByNumber }: ReportableDeployment): string {
  switch (status) {
    case "queued":
      return `${service} waits to be deployed to ${stage}`;
    case "running":
      return `${service} is being deployed to ${stage}`;
    case "succeeded":
      return `${service} is deployed to ${stage}`;
    case "failed":
      return `${service} was not deployed to ${stage}`;
    case "cancelled":
      return reason === "superseded"
        ? `Superseded${supersededByNumber === null ? "" : ` by #${supersededByNumber}`}`
        : `The deployment of ${service} was cancelled`;
  }
}

function summaryOf({ reason, reasonDetail, because, outputs }: ReportableDeployment): string {
  const endpoints = outputs
    .filter((output) => output.kind === "endpoint")
    .map(({ key, value }) => `- ${key}: ${value}`);
  const told = reason === null ? [] : [reasonDetail ?? explain(reason).sentence, explain(reason).next ?? ""];
  return [...told, `Deployed because ${because}.`, ...endpoints].filter((line) => line !== "").join("\n\n");
}
