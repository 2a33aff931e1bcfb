import { type Probe, type ProbeResult, probes } from "@branchline/core/deploy-profiles/proof";
import { Loader } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHelpCircle } from "@tabler/icons-react";
import classes from "./profile.module.css";

const names: Record<Probe, string> = {
  assumes: "The role lets us in with the external id",
  refused_without_external_id: "It refuses us without the external id",
  refused_with_wrong_external_id: "It refuses us with a wrong external id",
  account: "Its account is the one of the role's ARN",
};

export function ProbeList({ results, running }: { results: ProbeResult[]; running: boolean }) {
  return (
    <ol className={classes.probes} aria-live="polite">
      {probes.map((probe, index) => {
        const result = results.find((candidate) => candidate.probe === probe);
        return (
          <li key={probe} className={classes.probe}>
            <Mark result={result} waiting={running && index === results.length} />
            <div>
              {names[probe]}
              {result !== undefined && saysMore(result) && <div className={classes.message}>{result.message}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** What passed is said by its name, but for the account, which has a number. */
function saysMore({ probe, outcome }: ProbeResult): boolean {
  return outcome !== "passed" || probe === "account";
}

function Mark({ result, waiting }: { result: ProbeResult | undefined; waiting: boolean }) {
  if (result === undefined) {
    if (waiting) return <Loader size={16} aria-label="running" />;
    return <IconCircleDashed size={18} color="var(--mantine-color-dimmed)" aria-label="not tried" />;
  }
  switch (result.outcome) {
    case "passed":
      return <IconCircleCheck size={18} color="var(--mantine-color-green-7)" aria-label="passed" />;
    case "failed":
      return <IconCircleX size={18} color="var(--mantine-color-red-7)" aria-label="failed" />;
    case "unanswered":
      return <IconHelpCircle size={18} color="var(--mantine-color-yellow-7)" aria-label="AWS did not answer" />;
  }
}
