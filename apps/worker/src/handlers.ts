import type { Handlers } from "@branchline/queue";
import { deployProfileProve } from "./jobs/deploy-profile.prove.ts";
import { deploymentAdmit } from "./jobs/deployment.admit.ts";
import { deploymentReport } from "./jobs/deployment.report.ts";
import { deploymentRun } from "./jobs/deployment.run.ts";
import { deploymentTakeOver } from "./jobs/deployment.take-over.ts";
import { githubReceive } from "./jobs/github.receive.ts";
import { githubRedeliver } from "./jobs/github.redeliver.ts";
import { installationSync } from "./jobs/installation.sync.ts";
import { repositoryLook } from "./jobs/repository.look.ts";
import { repositoryScan } from "./jobs/repository.scan.ts";
import type { Parts } from "./parts.ts";

/** A handler for every job of the catalogue: one that is missing does not compile. */
export function handlersOf(parts: Parts): Handlers {
  return {
    "github.receive": (payload) => githubReceive(parts, payload),
    "github.redeliver": () => githubRedeliver(parts),
    "deployment.admit": () => deploymentAdmit(parts),
    "deployment.run": (payload) => deploymentRun(parts, payload),
    "deployment.take-over": (payload) => deploymentTakeOver(parts, payload),
    "deployment.report": (payload) => deploymentReport(parts, payload),
    "repository.scan": (payload) => repositoryScan(parts, payload),
    "repository.look": (payload) => repositoryLook(parts, payload),
    "installation.sync": (payload) => installationSync(parts, payload),
    "deploy-profile.prove": (payload) => deployProfileProve(parts, payload),
  };
}
