import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./ci-cd.module.css";

type Props = { number: number; title: string; done: boolean; open: boolean; children: ReactNode };

/** A numbered part of the page; a closed one says what it waits for. */
export function Part({ number, title, done, open, children }: Props) {
  return (
    <section className={classes.part} data-open={open} aria-labelledby={`part-${number}`}>
      <div className={classes.number} data-done={done}>
        {number}
        {done && <IconCheck size={12} aria-label="complete" />}
      </div>
      <div className={classes.content}>
        <h2 id={`part-${number}`} className={classes.title}>
          {title}
        </h2>
        {open ? children : <p className={classes.quiet}>Opens when part {number - 1} is complete.</p>}
      </div>
    </section>
  );
}
