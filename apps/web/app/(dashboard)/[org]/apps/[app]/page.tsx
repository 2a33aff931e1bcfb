import { getApp } from "@branchline/core/apps/queries";
import { boardOf } from "@branchline/core/board/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { ListKeys } from "@/lib/live/list-keys";
import { OrganizationLive } from "@/lib/live/organization-live";
import { Board } from "../../board/board";
import { newestOf } from "../../board/newest";

type Props = { params: Promise<{ org: string; app: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).app };
}

/** One app: its services and its stages. */
export default async function AppPage({ params }: Props) {
  const { org, app: name } = await params;
  const ctx = await requireCtx(org);
  const app = await found(getApp(ctx, name));
  const whole = await boardOf(ctx);
  const { slug } = ctx.organization;
  const board = {
    stages: whole.stages.filter((stage) => stage.app === app.slug),
    services: whole.services.filter((service) => service.app === app.slug),
  };
  const counts = `${countOf(app.services.length, "service")}, ${countOf(app.stages.length, "stage")}`;
  return (
    <>
      <PageHead title={app.slug} text={counts}>
        <Button component={Link} href={`/${slug}/services/new`} variant="default">
          Add service
        </Button>
      </PageHead>
      <OrganizationLive slug={slug} newest={newestOf(board)} />
      <ListKeys />
      <Board base={`/${slug}`} board={board} />
    </>
  );
}

function countOf(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
