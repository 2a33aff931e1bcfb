import type { ReactNode } from "react";
import classes from "./key-value.module.css";

type Fact = {
  name: string;
  value: ReactNode;
  /** Has a line of its own where there is little room. */
  isLong?: boolean;
};

/** Facts with their names. */
export function KeyValue({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.list}>
      {facts.map(({ name, value, isLong }) => (
        <div key={name} className={classes.fact} data-long={isLong}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
