import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { LogStore } from "../log-store.tsx";
import { type LogGroup, rowsOf } from "./rows.ts";
import { useFollow } from "./use-follow.ts";

const lineHeightPx = 20;
const groupHeightPx = 30;
/** Rows drawn beyond the view, so that a quick scroll shows no blank. */
const overscan = 24;

type Options = { store: LogStore; groups: LogGroup[]; follows: boolean };

/** What is in view of a log: folds, the selected line, following its end. */
export function useLogLines({ store, groups, follows }: Options) {
  useSyncExternalStore(store.subscribe, store.version, store.version);
  const lineCount = store.lineCount();
  const scroller = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState(0);
  const [target, setTarget] = useState<{ line: number } | null>(null);
  const gaps = store.gaps();
  const rows = useMemo(() => rowsOf({ groups, folded, lineCount, gaps }), [groups, folded, lineCount, gaps]);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows.at(index).kind === "group" ? groupHeightPx : lineHeightPx),
    overscan,
    initialRect: { width: 800, height: 640 },
  });
  // After the virtualizer, which scrolls to its own start when it mounts.
  const follow = useFollow(scroller, follows, rows.count);

  const show = (line: number) => {
    const group = rows.groupOf(line);
    if (group !== null && folded.has(group.key)) setFolded(without(folded, group.key));
    follow.setFollowing(false);
    setSelected(line);
    setTarget({ line });
  };
  const reveal = useEffectEvent((line: number) => virtual.scrollToIndex(rows.indexOf(line), { align: "center" }));
  useEffect(() => {
    if (target !== null) reveal(target.line);
  }, [target]);

  const select = useCallback((line: number) => {
    setSelected(line);
    history.replaceState(history.state, "", `#L${line}`);
  }, []);
  const fold = useCallback((key: string) => {
    setFolded((before) => (before.has(key) ? without(before, key) : new Set([...before, key])));
  }, []);
  return { scroller, rows, virtual, follow, lineCount, selected, show, select, fold };
}

function without(keys: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  return new Set([...keys].filter((key) => key !== gone));
}
