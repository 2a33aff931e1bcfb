import { Button, type ButtonProps, Text } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import type { ComponentProps } from "react";

type Props = { name: string } & ButtonProps & Omit<ComponentProps<"button">, keyof ButtonProps>;

export function OrganizationButton({ name, ...props }: Props) {
  return (
    <Button
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      px={8}
      maw="min(200px, 34vw)"
      rightSection={<IconSelector size={14} aria-hidden />}
      aria-label={`Organization ${name}, switch`}
      {...props}
    >
      <Text span inherit truncate>
        {name}
      </Text>
    </Button>
  );
}
