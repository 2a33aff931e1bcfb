import { boardOf } from "@branchline/core/board/queries";
import { countPendingSetup } from "@branchline/core/organizations/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { requireCtx } from "@/lib/ctx";
import { ListKeys } from "@/lib/live/list-keys";
import { OrganizationLive } from "@/lib/live/organization-live";
import { Board } from "./board/board";
import { FirstSteps } from "./board/first-steps";
import { newestOf } from "./board/newest";

export const metadata: Metadata = { title: "Services" };

type Props = { params: Promise<{ org: string }> };

/** The home: what is in each stage, and what is on its way. */
export default async function ServicesPage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const [board, setup] = await Promise.all([boardOf(ctx), countPendingSetup(ctx)]);
  const { slug } = ctx.organization;
  const base = `/${slug}`;
  const first = board.services.find((service) => !service.enabled);
  const isSetUp = setup.installations > 0 && setup.deployProfiles > 0 && setup.enabledServices > 0;
  return (
    <>
      <PageHead title="Services">
        <Button component={Link} href={`${base}/services/new`} variant="default">
          Add service
        </Button>
        <Button component={Link} href={`${base}/settings/github`} variant="default">
          Connect repository
        </Button>
      </PageHead>
      <OrganizationLive slug={slug} newest={newestOf(board)} />
      <ListKeys />
      {!isSetUp && (
        <FirstSteps
          base={base}
          setup={setup}
          enableHref={first === undefined ? null : `${base}/apps/${first.app}/services/${first.service}/ci-cd`}
        />
      )}
      <Board base={base} board={board} />
    </>
  );
}
