import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: ReactNode; text?: ReactNode; mb?: number; children?: ReactNode };

/** A screen's heading, a sentence about it, and its buttons. */
export function PageHead({ title, text, mb = 16, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb={mb}>
      <div>
        <Title order={1}>{title}</Title>
        {text !== undefined && (
          <Text c="dimmed" mt={2} maw={680} component="div">
            {text}
          </Text>
        )}
      </div>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
