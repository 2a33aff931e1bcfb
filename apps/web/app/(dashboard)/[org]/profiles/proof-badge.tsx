import { Badge } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";

type Props = { profile: { roleArn: string | null; provenAt: Date | null } };

/** Whether deployments may go through the profile: by colour, shape and word. */
export function ProofBadge({ profile }: Props) {
  if (profile.provenAt !== null) {
    return (
      <Badge color="green" variant="light" leftSection={<IconCircleCheck size={13} aria-hidden />}>
        Proven
      </Badge>
    );
  }
  if (profile.roleArn === null) {
    return (
      <Badge color="gray" variant="light" leftSection={<IconCircleDashed size={13} aria-hidden />}>
        No role
      </Badge>
    );
  }
  return (
    <Badge color="yellow" variant="light" leftSection={<IconAlertTriangle size={13} aria-hidden />}>
      Unproven
    </Badge>
  );
}
