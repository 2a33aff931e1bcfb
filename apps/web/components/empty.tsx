import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./panel.module.css";

type Props = { title: string; text: string; children?: ReactNode };

/** An empty list: says what would be here, and the next step. */
export function Empty({ title, text, children }: Props) {
  return (
    <div className={classes.empty}>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" mt={4} maw={560}>
        {text}
      </Text>
      {children !== undefined && <Group mt="md">{children}</Group>}
    </div>
  );
}
