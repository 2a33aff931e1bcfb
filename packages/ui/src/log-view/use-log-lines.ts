import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { LogStore } from "../log-store.tsx";
import { type Layout, type LogGroup, layoutOf, lineHeightPx, type Row } from "./layout.ts";
import { rowCountsOf } from "./row-counts.ts";
import { useColumns } from "./use-columns.ts";
import { useScroll } from "./use-scroll.ts";

type Options = {
  store: LogStore;
  groups: LogGroup[];
  isWrapped: boolean;
  follows: boolean;
  /** The line that it opens at. */
  opensAt: number | null;
};

/** What is in view of a log: folds, the selected line, following its end. */
export function useLogLines({ store, groups, isWrapped, follows, opensAt }: Options) {
  const version = useSyncExternalStore(store.subscribe, store.version, store.version);
  const lineCount = store.lineCount();
  const scroller = useRef<HTMLElement>(null);
  const room = useRef<HTMLSpanElement>(null);
  const columns = useColumns(room);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState(opensAt ?? 0);
  const [target, setTarget] = useState<{ line: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version tells that the store's parts are others
  const counts = useMemo(
    () => rowCountsOf(store.parts(), isWrapped ? columns : null),
    [store, version, isWrapped, columns],
  );
  const layout = useMemo(() => layoutOf(groups, folded, lineCount, counts), [groups, folded, lineCount, counts]);
  const middleOf = (line: number) => layout.topOf(line) + lineHeightPx / 2;
  const scroll = useScroll({
    scroller,
    height: layout.height,
    opensAt: opensAt === null ? null : middleOf(opensAt),
    follows,
  });

  const show = (line: number) => {
    const group = layout.groupOf(line);
    if (group !== null && folded.has(group.key)) setFolded(without(folded, group.key));
    setSelected(line);
    setTarget({ line });
  };
  const reveal = useEffectEvent((line: number) => scroll.center(middleOf(line)));
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
  const rows = layout.between(scroll.top, scroll.top + scroll.viewHeight);
  useAnchor({ layout, rows, scroll });
  return { scroller, room, rows, scroll, lineCount, selected, show, select, fold };
}

type Anchored = { layout: Layout; rows: Row[]; scroll: ReturnType<typeof useScroll> };

/** What is read stays where it is when lines arrive above it, or are folded or wrapped. */
function useAnchor({ layout, rows, scroll }: Anchored): void {
  const anchor = useRef<{ line: number; offset: number } | null>(null);
  const stay = useEffectEvent(() => {
    if (anchor.current === null || scroll.isFollowing) return;
    scroll.scrollTo(layout.topOf(anchor.current.line) + anchor.current.offset);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is the occasion
  useLayoutEffect(() => stay(), [layout]);
  useLayoutEffect(() => {
    const first = rows.find((row) => row.kind === "line");
    anchor.current = first === undefined ? null : { line: first.line, offset: scroll.top - first.top };
  });
}

function without(keys: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  return new Set([...keys].filter((key) => key !== gone));
}
