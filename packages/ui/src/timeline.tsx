import type { ReactNode } from "react";
import classes from "./timeline.module.css";

export type TimelineTone = "good" | "bad" | "busy" | "off";

export type TimelineItem = {
  key: string;
  label: string;
  /** What kind of thing it is. */
  kind: string;
  /** What happened to it, in a word. */
  word: string;
  tone: TimelineTone;
  from: Date;
  /** Null while it goes on. */
  to: Date | null;
  note: ReactNode;
};

type Props = { items: TimelineItem[]; end: Date };

const marks: Record<TimelineTone, string> = { good: "✓", bad: "✕", busy: "◐", off: "–" };

/** What happened to each thing, and when, as bars over the same time. */
export function Timeline({ items, end }: Props) {
  const start = Math.min(...items.map((item) => item.from.getTime()));
  const span = Math.max(1_000, end.getTime() - start);
  const place = (at: Date) => Math.min(100, Math.max(0, ((at.getTime() - start) / span) * 100));
  return (
    <ol className={classes.list}>
      {items.map((item) => {
        const left = place(item.from);
        const width = Math.max(2, place(item.to ?? end) - left);
        return (
          <li key={item.key} className={classes.item} data-tone={item.tone}>
            <span className={classes.head}>
              <code className={classes.label}>{item.label}</code>
              <span className={classes.word}>
                <span aria-hidden>{marks[item.tone]}</span> {item.word}
              </span>
            </span>
            <span className={classes.kind}>{item.kind}</span>
            <span className={classes.track} aria-hidden>
              <span className={classes.bar} style={{ left: `${Math.min(left, 98)}%`, width: `${width}%` }} />
            </span>
            {item.note !== null && <span className={classes.note}>{item.note}</span>}
          </li>
        );
      })}
    </ol>
  );
}
