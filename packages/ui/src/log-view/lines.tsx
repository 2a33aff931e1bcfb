import { useEffect, useState } from "react";
import type { LogStore } from "../log-store.tsx";
import { GroupHead } from "./group-head.tsx";
import type { Row } from "./layout.ts";
import { Line } from "./line.tsx";
import classes from "./log-view.module.css";
import { sampleText } from "./use-columns.ts";
import type { useLogLines } from "./use-log-lines.ts";

type Props = {
  view: ReturnType<typeof useLogLines>;
  store: LogStore;
  query: string;
  isWrapped: boolean;
  hasTimes: boolean;
  emptyText: string;
  /** What stands where lines are missing. */
  gapText: (lines: number, isSettled: boolean) => string;
};

/** More than a line's number, time and margins take beside its text. */
const besidePx = 180;

/**
 * The rows in view stand in a pane that sticks to the view while a canvas as high as all rows scrolls behind it: however
 * quickly somebody scrolls, the pane is there, with the rows of the last frame at worst.
 */
export function Lines({ view, store, query, isWrapped, hasTimes, emptyText, gapText }: Props) {
  const { scroller, room, rows, scroll, selected } = view;
  const width = useWidest(rows, store);
  const rowOf = (row: Row) => {
    if (row.kind === "group") return <GroupHead key={row.group.key} row={row} onFold={view.fold} />;
    if (row.kind === "gap")
      return (
        <p key={`gap ${row.firstLine}`} className={classes.gap}>
          {gapText(row.lineCount, store.isSettled(row.firstLine))}
        </p>
      );
    return (
      <Line
        key={row.line}
        number={row.line}
        text={store.line(row.line) ?? ""}
        continues={store.continues(row.line)}
        query={query}
        time={hasTimes ? clockOf(store.timeOf(row.line)) : null}
        selected={row.line === selected}
        onSelect={view.select}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label="Log lines" onScroll={scroll.onScroll}>
      {rows.length === 0 && <p className={classes.empty}>{emptyText}</p>}
      <div
        className={classes.canvas}
        style={{
          height: scroll.canvasHeight,
          ...(isWrapped ? {} : { minWidth: `max(100%, ${width}ch + ${besidePx}px)` }),
        }}
      >
        <div className={classes.pane} style={{ height: Math.min(scroll.viewHeight, scroll.canvasHeight) }}>
          <div style={{ transform: `translateY(${(rows[0]?.top ?? 0) - scroll.top}px)` }}>{rows.map(rowOf)}</div>
          <Probe room={room} hasTimes={hasTimes} />
        </div>
      </div>
    </section>
  );
}

/** An unseen line, to measure how many characters a row has. */
function Probe({ room, hasTimes }: { room: Props["view"]["room"]; hasTimes: boolean }) {
  return (
    <div className={`${classes.line} ${classes.probe}`} aria-hidden>
      <span className={classes.number} />
      {hasTimes && <span className={classes.time}>{clockOf(null)}</span>}
      <span ref={room} className={classes.room}>
        <span>{sampleText}</span>
      </span>
    </div>
  );
}

/** The most characters that a line had so far: what can be scrolled to sideways does not come and go. */
function useWidest(rows: Row[], store: LogStore): number {
  const [widest, setWidest] = useState(0);
  const seen = Math.max(0, ...rows.map((row) => (row.kind === "line" ? store.lengthOf(row.line) : 0)));
  useEffect(() => {
    if (seen > widest) setWidest(seen);
  }, [seen, widest]);
  return widest;
}

function clockOf(at: Date | null): string {
  return at === null ? "        " : at.toISOString().slice(11, 19);
}
