import type { QueuedDeploymentRow } from "@branchline/core/deployments/list-queued";
import type { DeploymentView } from "@branchline/core/deployments/queries";
import { explain } from "@branchline/core/deployments/reasons";
import { Alert, Anchor, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "@/components/link";
import { RefreshWhile } from "@/components/refresh-while";
import { Sentence } from "@/components/sentence";
import { Estimate } from "../estimate";
import { WaitSentence } from "../wait-sentence";
import { sentenceOf } from "../words";
import classes from "./deployment.module.css";

type Props = {
  slug: string;
  deployment: DeploymentView;
  /** Its place in the queue; null when it does not wait there. */
  queued: QueuedDeploymentRow | null;
};

/** Why a deployment stands or ended so, and the next step, above everything else. */
export function ReasonNote({ slug, deployment, queued }: Props) {
  const { status, cancelAskedBy, parkedBecause } = deployment;
  const base = `/${slug}`;
  if (status === "queued") return queued !== null && <QueuedNote base={base} row={queued} />;
  if (status === "running" && cancelAskedBy !== null)
    return <Note>{cancelAskedBy} asked to cancel it. The worker stops at the next safe point.</Note>;
  if (status === "running" && parkedBecause !== null)
    return (
      <Note>
        <Sentence text={parkedBecause} base={base} /> No worker is held.
      </Note>
    );
  const told = toldOf(deployment);
  if (told === null) return null;
  return (
    <Note isFailure={status === "failed"}>
      {told.title !== null && <Text fw={500}>{told.title}</Text>}
      <Text>
        <Sentence text={told.sentence} base={base} />
      </Text>
      {told.next !== null && <Text mt={4}>{told.next}</Text>}
      <NextLink slug={slug} deployment={deployment} />
    </Note>
  );
}

type Told = { title: string | null; sentence: string; next: string | null };

/** What the reason says of this one, under what it says of all; who cancelled it has a name. */
function toldOf(deployment: DeploymentView): Told | null {
  const { reason, cancelAskedBy, supersededByNumber } = deployment;
  const sentence = sentenceOf(deployment);
  if (sentence === null || reason === null) return null;
  const { sentence: general, next } = explain(reason);
  const isByPerson = reason === "cancelled_by_person" && cancelAskedBy !== null;
  const title = isByPerson ? `${cancelAskedBy} cancelled it.` : general;
  if (sentence === general) return { title: null, sentence: title, next };
  return { title: supersededByNumber === null ? title : null, sentence, next };
}

/** Whom it waits for changes with deployments that this page does not hear of. */
const waitEveryMs = 5_000;

function QueuedNote({ base, row }: { base: string; row: QueuedDeploymentRow }) {
  return (
    <Note>
      <RefreshWhile active everyMs={waitEveryMs} />
      <Text>
        <WaitSentence base={base} row={row} />
      </Text>
      {row.wait.detail !== undefined && (
        <Text>
          <Sentence text={row.wait.detail} base={base} />
        </Text>
      )}
      <Text size="sm" c="dimmed">
        <Estimate row={row} />.{row.position !== null && ` Place ${row.position} in the queue.`}
      </Text>
    </Note>
  );
}

function Note({ isFailure = false, children }: { isFailure?: boolean; children: ReactNode }) {
  const Icon = isFailure ? IconAlertTriangle : IconInfoCircle;
  return (
    <Alert
      color={isFailure ? "red" : "gray"}
      variant="outline"
      bg="var(--surface)"
      className={isFailure ? "" : (classes.note ?? "")}
      icon={<Icon size={18} aria-hidden />}
    >
      {children}
    </Alert>
  );
}

const ofProfile = [
  "profile_unproven",
  "branch_not_allowed",
  "stage_not_allowed",
  "role_denied",
  "permission_missing",
  "wrong_account",
  "wrong_region",
  "stack_unknown",
];
const ofSettings = ["config_missing"];
const ofGithub = ["repository_removed"];

function NextLink({ slug, deployment }: { slug: string; deployment: DeploymentView }) {
  const target = targetOf(slug, deployment);
  if (target === null) return null;
  return (
    <Anchor component={Link} href={target.href} underline="always" mt={4} display="inline-block" c="inherit" fw={500}>
      {target.label}
    </Anchor>
  );
}

function targetOf(slug: string, { reason, app, service, profile, failureLine }: DeploymentView) {
  if (reason === null) return null;
  if (ofProfile.includes(reason))
    return { href: `/${slug}/profiles/${profile.slug}`, label: `Open profile ${profile.slug}` };
  if (ofSettings.includes(reason))
    return { href: `/${slug}/apps/${app}/services/${service}/ci-cd`, label: "Open CI/CD settings" };
  if (reason === "parameters_unreadable")
    return { href: `/${slug}/apps/${app}/services/${service}#parameters`, label: "Open parameters" };
  if (ofGithub.includes(reason)) return { href: `/${slug}/settings/github`, label: "Open GitHub settings" };
  return failureLine === null ? null : { href: `#L${failureLine}`, label: `Go to line ${failureLine}` };
}
