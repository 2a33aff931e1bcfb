import type { PersonView } from "@branchline/core/deployments/view";
import { Avatar } from "@mantine/core";
import classes from "./person.module.css";

/** Somebody's face and name. */
export function Person({ person, size = 18 }: { person: PersonView; size?: number }) {
  return (
    <span className={classes.person}>
      <Avatar src={person.avatarUrl} size={size} name={person.name} aria-hidden />
      <span className={classes.name}>{person.name}</span>
    </span>
  );
}
