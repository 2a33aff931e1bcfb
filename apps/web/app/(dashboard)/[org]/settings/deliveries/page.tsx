import { listDeliveries } from "@branchline/core/webhook-deliveries/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { requireCtx } from "@/lib/ctx";
import { DeliveryList } from "./delivery-list";

export const metadata: Metadata = { title: "Deliveries" };

type Props = { params: Promise<{ org: string }>; searchParams: Promise<{ before?: string }> };

const pageSize = 50;

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const ctx = await requireCtx((await params).org);
  const before = dateOf((await searchParams).before);
  const deliveries = await listDeliveries(ctx, { take: pageSize, ...(before === null ? {} : { before }) });
  const last = deliveries.at(-1);
  const { slug } = ctx.organization;
  return (
    <>
      <PageHead
        title="Deliveries"
        text="Every webhook that GitHub sent about your repositories, and what became of it."
      />
      {deliveries.length === 0 ? (
        <Empty
          title="No delivery yet"
          text="GitHub sends one for every push, once the App is installed on a repository. Did your merge not arrive? Look at the installations."
        >
          <Button component={Link} href={`/${slug}/settings/github`}>
            Open installations
          </Button>
        </Empty>
      ) : (
        <DeliveryList slug={slug} deliveries={deliveries} />
      )}
      {last !== undefined && deliveries.length === pageSize && (
        <Button component={Link} href={`?before=${last.receivedAt.toISOString()}`} variant="default" mt="sm">
          Show older deliveries
        </Button>
      )}
    </>
  );
}

function dateOf(text: string | undefined): Date | null {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? null : date;
}
