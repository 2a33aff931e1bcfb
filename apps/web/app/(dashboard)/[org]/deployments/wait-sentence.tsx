import type { QueuedDeploymentRow } from "@branchline/core/deployments/list-queued";
import { Link } from "@/components/link";
import { Sentence } from "@/components/sentence";

type Props = { base: string; row: Pick<QueuedDeploymentRow, "wait" | "profile"> };

/** What a queued deployment waits for, with the way to it. */
export function WaitSentence({ base, row: { wait, profile } }: Props) {
  return (
    <>
      <Sentence text={wait.sentence} base={base} />
      {wait.kind === "profile" && (
        <>
          {" "}
          <Link href={`${base}/profiles/${profile}#proof`} className="quiet-link">
            Open profile {profile}
          </Link>
        </>
      )}
    </>
  );
}
