import { cellsOf } from "@branchline/core/board/queries";
import { listParameters } from "@branchline/core/parameters/queries";
import { getService, type ServiceView } from "@branchline/core/services/queries";
import { listStages } from "@branchline/core/stages/queries";
import { Anchor, Button } from "@mantine/core";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { can, requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { secretBytesMin } from "@/lib/seal";
import { deploy, setParameterOfService, unsetParameter } from "./actions";
import { OutputsPanel } from "./outputs-panel";
import { ParameterForm } from "./parameters/parameter-form";
import { ParameterList } from "./parameters/parameter-list";
import { ServiceNotes } from "./service-notes";
import { StageTable } from "./stage-table";

type Props = { params: Promise<{ org: string; app: string; service: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).service };
}

export default async function ServicePage({ params }: Props) {
  const { org, app, service: name } = await params;
  const ctx = await requireCtx(org);
  const service = await found(getService(ctx, { app, service: name }));
  const [cells, stages, parameters] = await Promise.all([
    cellsOf(ctx, service.serviceId),
    listStages(ctx, service.appId),
    listParameters(ctx, service.serviceId),
  ]);
  const base = `/${ctx.organization.slug}`;
  const mayDeploy = can(ctx, "deployment.queue");
  const maySet = can(ctx, "parameter.set");
  return (
    <>
      <PageHead title={name} text={<Place base={base} service={service} />}>
        <Button
          component={Link}
          href={`${base}/apps/${app}/services/${name}/ci-cd`}
          variant={service.enabled ? "default" : "filled"}
        >
          {service.enabled ? "CI/CD settings" : "Enable CI/CD"}
        </Button>
      </PageHead>
      <ServiceNotes service={service} settingsHref={`${base}/settings/github`} />
      {service.enabled ? (
        <Panel
          title="Stages"
          aside={
            <Anchor component={Link} href={`${base}/deployments?service=${name}`} size="sm">
              All deployments of {name}
            </Anchor>
          }
        >
          <StageTable
            base={base}
            service={service}
            stages={stages.map((stage) => stage.name)}
            cells={cells}
            action={mayDeploy ? deploy.bind(null, org) : null}
          />
        </Panel>
      ) : (
        <Empty
          title="CI/CD is not enabled"
          text="No merge deploys this service yet. Choose its branch deploys to begin."
        >
          <Button component={Link} href={`${base}/apps/${app}/services/${name}/ci-cd`}>
            Enable CI/CD
          </Button>
        </Empty>
      )}
      <OutputsPanel ctx={ctx} cells={cells} />
      <Panel
        id="parameters"
        title="Parameters"
        text={
          <>
            Read in serverless.yml as <code>{"${param:name}"}</code>. A stage's own takes the place of the one for every
            stage. A value is sealed here, opened only in the worker, and never shown again.
          </>
        }
      >
        <ParameterList parameters={parameters} action={maySet ? unsetParameter.bind(null, org, app, name) : null} />
        {maySet && (
          <ParameterForm
            action={setParameterOfService.bind(null, org, app, name)}
            serviceId={service.serviceId}
            hiddenFromBytes={secretBytesMin}
            stages={stages.map((stage) => stage.name)}
          />
        )}
      </Panel>
    </>
  );
}

function Place({ base, service }: { base: string; service: ServiceView }) {
  return (
    <>
      Service of{" "}
      <Anchor component={Link} href={`${base}/apps/${service.app}`} underline="always">
        {service.app}
      </Anchor>
      {service.repository !== null && (
        <>
          , from {service.repository} <code>/{service.baseDirectory}</code>
        </>
      )}
    </>
  );
}
