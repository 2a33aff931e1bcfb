import { listDeployProfiles } from "@branchline/core/deploy-profiles/queries";
import { listInstallations } from "@branchline/core/installations/queries";
import { listRepositories } from "@branchline/core/repositories/queries";
import { getService, listSiblings } from "@branchline/core/services/queries";
import { listStages } from "@branchline/core/stages/queries";
import { listPushes } from "@branchline/core/webhook-deliveries/queries";
import { Anchor } from "@mantine/core";
import type { Metadata } from "next";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { RefusalNote } from "@/components/refusal-note";
import { can, requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { connectGitHub } from "../../../../../settings/github/actions";
import { deploy } from "../actions";
import { configure, copy, disable } from "./actions";
import classes from "./ci-cd.module.css";
import { CiCdForm } from "./ci-cd-form";
import { CopySettings } from "./copy-settings";
import { DeployNowPanel } from "./deploy-now-panel";
import { DisablePanel } from "./disable-panel";
import { initialSettings } from "./settings";

export const metadata: Metadata = { title: "CI/CD" };

/** How far back a commit can be tried. */
const pushesToTry = 200;

type Props = { params: Promise<{ org: string; app: string; service: string }> };

export default async function CiCdPage({ params }: Props) {
  const { org, app, service: name } = await params;
  const ctx = await requireCtx(org);
  const service = await found(getService(ctx, { app, service: name }));
  const [installations, repositories, profiles, stages, siblings, pushes] = await Promise.all([
    listInstallations(ctx),
    listRepositories(ctx),
    listDeployProfiles(ctx),
    listStages(ctx, service.appId),
    listSiblings(ctx, service.serviceId),
    listPushes(ctx, pushesToTry),
  ]);
  const { slug, role } = ctx.organization;
  const mayConfigure = can(ctx, "ci_cd.configure");
  const usable = repositories.filter((repository) => repository.removedAt === null);
  const accounts = installations.filter(({ deletedAt }) => deletedAt === null).map(({ accountLogin }) => accountLogin);
  return (
    <div className={classes.page}>
      <Anchor component={Link} href={`/${slug}/apps/${app}/services/${name}`} size="sm">
        {name}
      </Anchor>
      <PageHead
        title={service.enabled ? "CI/CD settings" : "Enable CI/CD"}
        text="A merge becomes a deployment of this service."
      />
      {!mayConfigure && <RefusalNote message={`Changing CI/CD settings needs the role developer; yours is ${role}.`} />}
      <CiCdForm
        action={configure.bind(null, org, app, name)}
        connect={connectGitHub.bind(null, org)}
        world={{
          slug,
          accounts,
          repositories: usable,
          profiles,
          stages: stages.map((stage) => stage.name),
          pushes: pushes.map(({ sha, branch, targets }) => ({
            sha,
            branch,
            because: targets.find((target) => target.app === app && target.service === name)?.because ?? null,
          })),
        }}
        serviceId={service.serviceId}
        initial={initialSettings(service, usable)}
        enabled={service.enabled}
        readOnly={!mayConfigure}
        mayConnect={can(ctx, "installation.connect")}
      />
      {service.enabled && can(ctx, "deployment.queue") && (
        <DeployNowPanel service={service} action={deploy.bind(null, org)} />
      )}
      {service.enabled && mayConfigure && (
        <CopySettings action={copy.bind(null, org)} serviceId={service.serviceId} siblings={siblings} />
      )}
      {service.enabled && can(ctx, "ci_cd.disable") && (
        <DisablePanel action={disable.bind(null, org, app, name)} serviceId={service.serviceId} service={name} />
      )}
    </div>
  );
}
