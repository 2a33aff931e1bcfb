import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: ReactNode; text?: ReactNode; children?: ReactNode };

/** A screen's heading, a sentence about it, and its buttons. */
export function PageHead({ title, text, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md">
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
