import type { DeliveryTarget } from "@branchline/core/webhook-deliveries/settle";
import { Anchor } from "@mantine/core";
import { Link } from "@/components/link";
import { RowTable } from "@/components/row-table";
import { Sentence } from "@/components/sentence";

/** Each service that the delivery was held against: its deployment, or why there is none. */
export function TargetList({ slug, targets }: { slug: string; targets: DeliveryTarget[] }) {
  if (targets.length === 0) return null;
  const rows = targets.map(({ app, service, stage, deploymentNumber, because }) => ({
    key: `${app}/${service}/${stage}`,
    cells: [
      <Anchor key="service" component={Link} href={`/${slug}/apps/${app}/services/${service}`}>
        {service}
      </Anchor>,
      stage === null ? "–" : <code key="stage">{stage}</code>,
      deploymentNumber === null ? (
        "Nothing deployed"
      ) : (
        <Anchor key="result" component={Link} href={`/${slug}/deployments/${deploymentNumber}`}>
          Deployment #{deploymentNumber}
        </Anchor>
      ),
      <Sentence key="because" text={because} base={`/${slug}`} />,
    ],
  }));
  return <RowTable columns={["Service", "Stage", "Result", "Because"]} rows={rows} />;
}
