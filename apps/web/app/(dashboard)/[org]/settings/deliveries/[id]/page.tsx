import { type DeliveryRow, getDelivery } from "@branchline/core/webhook-deliveries/queries";
import { Anchor, Stack, Text } from "@mantine/core";
import type { Metadata } from "next";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { When } from "@/components/when";
import { requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import classes from "../deliveries.module.css";
import { TargetList } from "./target-list";

export const metadata: Metadata = { title: "Delivery" };

type Props = { params: Promise<{ org: string; id: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { org, id } = await params;
  const ctx = await requireCtx(org);
  const delivery = await found(getDelivery(ctx, id));
  const { slug } = ctx.organization;
  return (
    <>
      <Anchor component={Link} href={`/${slug}/settings/deliveries`} size="sm">
        Deliveries
      </Anchor>
      <PageHead
        title={[delivery.event, delivery.action].filter(Boolean).join(" ")}
        text={
          <>
            Received <When at={delivery.receivedAt} />
          </>
        }
      />
      <Panel title="What became of it">
        <Stack gap="xs">
          <Text>{inCode(delivery.explanation ?? "It waits to be handled. The sweep finds it within seconds.")}</Text>
          <TargetList slug={slug} targets={delivery.targets} />
        </Stack>
      </Panel>
      <Panel title="What GitHub sent" text={<Facts delivery={delivery} />}>
        <pre className={classes.body}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <code tabIndex={0}>{JSON.stringify(delivery.body, null, 2)}</code>
        </pre>
      </Panel>
    </>
  );
}

function Facts({ delivery }: { delivery: DeliveryRow }) {
  const { deliveryId, repository, branch, headSha } = delivery;
  return (
    <>
      X-GitHub-Delivery <code>{deliveryId}</code>
      {repository !== null && <> · {repository}</>}
      {branch !== null && (
        <>
          {" "}
          · <code>{branch}</code>
        </>
      )}
      {headSha !== null && (
        <>
          {" "}
          at <code>{headSha.slice(0, 7)}</code>
        </>
      )}
    </>
  );
}
