import type { PersonView } from "@branchline/core/deployments/view";
import { Avatar } from "@mantine/core";
import classes from "./person.module.css";

/** Somebody's face and name. */
export function Person({ person }: { person: PersonView }) {
  return (
    <span className={classes.person}>
      <Avatar src={person.avatarUrl} size={18} name={person.name} aria-hidden />
      <span className={classes.name}>{person.name}</span>
    </span>
  );
}
