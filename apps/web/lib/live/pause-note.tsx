import { Text } from "@mantine/core";
import classes from "./pause-note.module.css";

/** Says that a page is not kept true for now, and why; it covers a little of the page and moves nothing on it. */
export function PauseNote({ why }: { why: string | null }) {
  return (
    <div role="status">
      {why !== null && <Text className={classes.note} size="sm">{`This page is not live for now. ${why}`}</Text>}
    </div>
  );
}
