import type { QueuedDeploymentRow } from "@branchline/core/deployments/list-queued";
import { durationText } from "@branchline/ui/duration-text";
import { When } from "@/components/when";

type Props = { row: Pick<QueuedDeploymentRow, "queuedAt" | "startsInMs" | "typicalMs"> };

/** Since when something waits, and what is likely to come. */
export function Estimate({ row: { queuedAt, startsInMs, typicalMs } }: Props) {
  const start =
    startsInMs === 0 ? "starts any moment" : startsInMs !== null && `starts in ~${durationText(startsInMs)}`;
  return (
    <>
      Queued <When at={queuedAt} />
      {start && `, ${start}`}
      {typicalMs !== null && `, takes ~${durationText(typicalMs)}`}
    </>
  );
}
