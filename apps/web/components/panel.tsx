import type { ReactNode } from "react";
import classes from "./panel.module.css";

type Props = { title: ReactNode; text?: ReactNode; id?: string; aside?: ReactNode; children: ReactNode };

/** A part of a screen with its own heading. */
export function Panel({ title, text, id, aside, children }: Props) {
  return (
    <section className={classes.panel} {...(id === undefined ? {} : { id })}>
      <header className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          {text !== undefined && <div className={classes.text}>{text}</div>}
        </div>
        {aside}
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
