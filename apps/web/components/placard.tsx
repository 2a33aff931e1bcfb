import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "./link";

type Props = { title: string; text: string; link?: { href: string; label: string }; children?: ReactNode };

/** A whole screen that says one thing and what to do next. */
export function Placard({ title, text, link, children }: Props) {
  return (
    <Stack component="main" align="flex-start" gap="sm" maw={480} mx="auto" px="md" pt="20vh">
      <Title order={1}>{title}</Title>
      <Text c="dimmed">{text}</Text>
      {link !== undefined && (
        <Button component={Link} href={link.href}>
          {link.label}
        </Button>
      )}
      {children}
    </Stack>
  );
}
