import type { DeliveryTarget } from "@branchline/core/webhook-deliveries/settle";
import { Anchor, Table, TableTbody, TableTd, TableTh, TableThead, TableTr } from "@mantine/core";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import panel from "@/components/panel.module.css";

/** Each service that the delivery was held against: its deployment, or why there is none. */
export function TargetList({ slug, targets }: { slug: string; targets: DeliveryTarget[] }) {
  if (targets.length === 0) return null;
  return (
    <div className={panel.scroll}>
      <Table>
        <TableThead>
          <TableTr>
            <TableTh>Service</TableTh>
            <TableTh>Stage</TableTh>
            <TableTh>Result</TableTh>
            <TableTh>Because</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {targets.map(({ app, service, stage, deploymentNumber, because }) => (
            <TableTr key={`${app}/${service}/${stage}`}>
              <TableTd>
                <Anchor component={Link} href={`/${slug}/apps/${app}/services/${service}`}>
                  {service}
                </Anchor>
              </TableTd>
              <TableTd>{stage === null ? "–" : <code>{stage}</code>}</TableTd>
              <TableTd>
                {deploymentNumber === null ? (
                  "Nothing deployed"
                ) : (
                  <Anchor component={Link} href={`/${slug}/deployments/${deploymentNumber}`}>
                    Deployment #{deploymentNumber}
                  </Anchor>
                )}
              </TableTd>
              <TableTd>{inCode(because)}</TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </div>
  );
}
