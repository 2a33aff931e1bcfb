import type { DeploymentView } from "@branchline/core/deployments/queries";
import { explain } from "@branchline/core/deployments/reasons";
import { Alert, Anchor, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { sentenceOf } from "../words";

/** Why a deployment ended so, and the next step, above everything else. */
export function ReasonNote({ slug, deployment }: { slug: string; deployment: DeploymentView }) {
  const { reason, status, supersededByNumber, cancelAskedBy } = deployment;
  if (status === "running" && cancelAskedBy !== null)
    return (
      <Alert icon={<IconInfoCircle size={18} aria-hidden />}>
        {cancelAskedBy} asked to cancel it. The worker stops at the next safe point.
      </Alert>
    );
  if (status === "running" && deployment.parkedBecause !== null)
    return (
      <Alert icon={<IconInfoCircle size={18} aria-hidden />}>
        {inCode(deployment.parkedBecause)} No worker is held.
      </Alert>
    );
  const sentence = sentenceOf(deployment);
  if (sentence === null || reason === null) return null;
  const { sentence: general, next } = explain(reason);
  const isFailure = status === "failed";
  const Icon = isFailure ? IconAlertTriangle : IconInfoCircle;
  return (
    <Alert
      color={isFailure ? "red" : "gray"}
      variant="outline"
      bg="var(--surface)"
      icon={<Icon size={18} aria-hidden />}
    >
      {sentence !== general && supersededByNumber === null && <Text fw={500}>{general}</Text>}
      <Text>{inCode(sentence)}</Text>
      {next !== null && <Text mt={4}>{next}</Text>}
      <NextLink slug={slug} deployment={deployment} />
    </Alert>
  );
}

const ofProfile = [
  "profile_unproven",
  "branch_not_allowed",
  "stage_not_allowed",
  "role_denied",
  "wrong_account",
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

function targetOf(slug: string, { reason, app, service, profile, supersededByNumber, failureLine }: DeploymentView) {
  if (supersededByNumber !== null)
    return { href: `/${slug}/deployments/${supersededByNumber}`, label: `Open #${supersededByNumber}` };
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
