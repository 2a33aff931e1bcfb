import type { LogStore } from "../log-store.tsx";
import { GroupHead } from "./group-head.tsx";
import { Line } from "./line.tsx";
import classes from "./log-view.module.css";
import type { useLogLines } from "./use-log-lines.ts";

type Props = {
  view: ReturnType<typeof useLogLines>;
  store: LogStore;
  query: string;
  isWrapped: boolean;
  hasTimes: boolean;
  emptyText: string;
  gapText: (lineCount: number) => string;
};

export function Lines({ view, store, query, isWrapped, hasTimes, emptyText, gapText }: Props) {
  const { scroller, rows, virtual, follow, selected } = view;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label="Log lines" onScroll={follow.onScroll}>
      {rows.count === 0 && <p className={classes.empty}>{emptyText}</p>}
      <div className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows.at(index);
          return (
            <div
              key={key}
              data-index={index}
              ref={isWrapped ? virtual.measureElement : undefined}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === "group" && (
                <GroupHead group={row.group} folded={row.folded} lineCount={row.lineCount} onFold={view.fold} />
              )}
              {row.kind === "gap" && <p className={classes.gap}>{gapText(row.lineCount)}</p>}
              {row.kind === "line" && (
                <Line
                  number={row.line}
                  text={store.line(row.line)}
                  continues={store.continues(row.line)}
                  query={query}
                  time={hasTimes ? clockOf(store.timeOf(row.line)) : null}
                  selected={row.line === selected}
                  onSelect={view.select}
                />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function clockOf(at: Date | null): string {
  return at === null ? "        " : at.toISOString().slice(11, 19);
}
