import { Anchor, Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@/components/link";
import { BranchDeployRow } from "./branch-deploy-row";
import { BranchTester } from "./branch-tester";
import classes from "./ci-cd.module.css";
import { type Change, moved, newRow, type Settings, triggerSettingsOf, type World } from "./settings";

type Props = { settings: Settings; change: Change; world: World; errors: Record<string, string> };

export function BranchDeploysPart({ settings, change, world, errors }: Props) {
  const rows = settings.branchDeploys;
  if (world.profiles.length === 0) {
    return (
      <Text size="sm">
        A stage is deployed through a deploy profile, and there is none yet.{" "}
        <Anchor component={Link} href={`/${world.slug}/profiles/new`} underline="always" size="sm">
          Add a deploy profile
        </Anchor>{" "}
        and come back.
      </Text>
    );
  }
  const set = (branchDeploys: typeof rows) => change({ branchDeploys });
  return (
    <>
      <p className={classes.quiet}>
        The first row that matches the merged branch wins. A branch may be a pattern: <code>release/*</code>, or{" "}
        <code>feature/**</code> with slashes.
      </p>
      {rows.map((row, place) => (
        <BranchDeployRow
          key={row.key}
          row={row}
          place={place}
          count={rows.length}
          world={world}
          trigger={triggerSettingsOf(settings)}
          errors={errors}
          onChange={(part) => set(rows.map((other) => (other.key === row.key ? { ...other, ...part } : other)))}
          onMove={(to) => set(moved(rows, place, to))}
          onRemove={() => set(rows.filter((other) => other.key !== row.key))}
        />
      ))}
      {errors.branchDeploys !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errors.branchDeploys}
        </Text>
      )}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set([...rows, newRow()])}
      >
        Add branch deploy
      </Button>
      <BranchTester rows={rows} world={world} />
    </>
  );
}
