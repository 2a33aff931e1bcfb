"use client";

import { Group, Kbd, Stack, Text } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Dialog } from "../dialog";
import type { Place } from "./go-anywhere";

const everywhere = [
  { keys: "j", label: "Next row of a list" },
  { keys: "k", label: "Previous row of a list" },
  { keys: "f", label: "Next failure" },
  { keys: "/", label: "Search the log" },
  { keys: "?", label: "This list" },
];

export function ShortcutList({ places, modifier }: { places: Place[]; modifier: string }) {
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([["shift+?", open, { usePhysicalKeys: false }]]);
  const sequences = places.flatMap(({ keys, label }) => (keys === undefined ? [] : [{ keys, label }]));
  return (
    <Dialog opened={opened} onClose={close} title="Keyboard" size="sm">
      <Stack gap={6}>
        {[{ keys: `${modifier} K`, label: "Go to anything" }, ...everywhere, ...sequences].map(({ keys, label }) => (
          <Group key={keys} justify="space-between">
            <Text size="sm">{label}</Text>
            <Group gap={4}>
              {keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Dialog>
  );
}
