import type { ReactNode } from "react";
import classes from "./key-value.module.css";

/** Facts with their names. */
export function KeyValue({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes.list}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
