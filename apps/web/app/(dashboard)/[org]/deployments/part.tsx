import type { ReactNode } from "react";
import classes from "./deployments.module.css";

type Props = {
  title: string;
  shown: number;
  /** How many there are when nothing is filtered; where that is not known, the rows are not counted. */
  all?: number;
  empty: string;
  children: ReactNode;
};

/** One of the three parts of the page, with how much of it is shown. */
export function Part({ title, shown, all, empty, children }: Props) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.parthead}>
        {title} {all !== undefined && <span className={classes.count}>{countOf(shown, all)}</span>}
      </h2>
      {shown === 0 ? <p className={classes.nothing}>{all ? "None of them fits the filters." : empty}</p> : children}
    </section>
  );
}

function countOf(shown: number, all: number): string {
  if (all === 0) return "";
  return shown === all ? String(all) : `${shown} of ${all}`;
}
