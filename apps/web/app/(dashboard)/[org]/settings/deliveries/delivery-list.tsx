import type { DeliveryRow } from "@branchline/core/webhook-deliveries/queries";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { When } from "@/components/when";
import classes from "./deliveries.module.css";

export function DeliveryList({ slug, deliveries }: { slug: string; deliveries: DeliveryRow[] }) {
  return (
    <ul className={classes.list}>
      {deliveries.map((delivery) => (
        <li key={delivery.deliveryId}>
          <Link href={`/${slug}/settings/deliveries/${delivery.deliveryId}`} className={classes.row}>
            <span className={classes.event}>
              {delivery.event}
              {delivery.action === null ? "" : ` ${delivery.action}`}
            </span>
            <span className={classes.what}>
              <span>{inCode(outcomeOf(delivery))}</span>
              <span className={classes.quiet}>
                {[delivery.repository, delivery.branch, delivery.headSha?.slice(0, 7)].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className={classes.quiet}>
              <When at={delivery.receivedAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What became of each service begins with its name; anything else is a sentence. */
function outcomeOf({ explanation, targets }: DeliveryRow): string {
  if (explanation === null) return "Waits to be handled.";
  return targets.length > 0 ? explanation : `${explanation.charAt(0).toUpperCase()}${explanation.slice(1)}`;
}
