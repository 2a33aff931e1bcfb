import { Stack, Switch, Textarea } from "@mantine/core";
import type { Change, Settings, World } from "./settings";

type Props = { settings: Settings; change: Change; world: World; errors: Record<string, string> };

export function TriggersPart({ settings, change, errors }: Props) {
  const error = Object.entries(errors).find(([field]) => field.startsWith("triggerDirectories"))?.[1];
  return (
    <Stack gap="md">
      <Switch
        label="Deploy on every push"
        description="Whatever it changes. Off: only when a file in the base directory or in a trigger directory changed."
        checked={settings.alwaysDeploy}
        onChange={(event) => change({ alwaysDeploy: event.currentTarget.checked })}
      />
      {!settings.alwaysDeploy && (
        <Textarea
          label="Trigger directories"
          description="In addition to the base directory, one to a line, from the repository's root. Code that several services share belongs here."
          placeholder="shared"
          autosize
          minRows={2}
          maw={560}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
          value={settings.triggerDirectories}
          onChange={(event) => change({ triggerDirectories: event.currentTarget.value })}
          error={error}
        />
      )}
      <Switch
        label="Deploy every push, in order"
        description="Each waits for the one before it. Off: the newest wins, and what still waits is superseded by it."
        checked={settings.everyCommit}
        onChange={(event) => change({ everyCommit: event.currentTarget.checked })}
      />
      <Switch
        label="Run tests"
        description="npm test, before anything is packaged. Tests that fail stop the deployment."
        checked={settings.runTests}
        onChange={(event) => change({ runTests: event.currentTarget.checked })}
      />
      <Switch
        label="Check out submodules"
        description="Those on the repository's own host that anybody may read: the checkout's token opens this repository alone."
        checked={settings.checkoutSubmodules}
        onChange={(event) => change({ checkoutSubmodules: event.currentTarget.checked })}
      />
    </Stack>
  );
}
