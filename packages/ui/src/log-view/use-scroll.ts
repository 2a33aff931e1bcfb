import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

const nearEndPx = 24;
/** Browsers draw nothing beneath some height of an element; Firefox's is the lowest, 17.9 million. */
const canvasHeightMax = 17_000_000;
/** Before anything is measured, as on the server. */
const assumedHeight = 640;

type Options = {
  scroller: RefObject<HTMLElement | null>;
  /** Of all rows. */
  height: number;
  /** What is in the middle when it opens; null: the end when it follows, else the start. */
  opensAt: number | null;
  follows: boolean;
};

/**
 * Where a log is scrolled to, in pixels of its rows, which the browser's own may be fewer than. Stays at the end while
 * the log grows, until the person scrolls up; scrolling back to the end takes it up again.
 */
export function useScroll({ scroller, height, opensAt, follows }: Options) {
  const [viewHeight, setViewHeight] = useState(assumedHeight);
  const [isFollowing, setFollowing] = useState(follows);
  const topMax = Math.max(0, height - viewHeight);
  const centered = (place: number) => Math.max(0, Math.min(topMax, place - viewHeight / 2));
  const [scrolled, setTop] = useState(() => (opensAt === null ? (follows ? topMax : 0) : centered(opensAt)));
  const top = Math.min(scrolled, topMax);
  const canvasHeight = Math.min(height, canvasHeightMax);
  const scale = topMax === 0 ? 1 : topMax / Math.max(1, canvasHeight - viewHeight);
  /** Where we have put the browser's own scrolling: what it says about that is no news. */
  const put = useRef(0);

  const scrollTo = (wanted: number) => {
    setTop(wanted);
    if (scroller.current === null) return;
    scroller.current.scrollTop = wanted / scale;
    put.current = scroller.current.scrollTop;
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setViewHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it keeps its place while the log grows
  useLayoutEffect(() => {
    scrollTo(isFollowing ? topMax : top);
  }, [isFollowing, height, viewHeight]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null || Math.abs(element.scrollTop - put.current) < 1) return;
    put.current = element.scrollTop;
    const now = element.scrollTop * scale;
    // In the same frame, or the rows would be those of the place before.
    flushSync(() => {
      setTop(now);
      if (topMax - now < nearEndPx) setFollowing(true);
      else if (now < top) setFollowing(false);
    });
  }, [scroller, scale, topMax, top]);

  const center = (place: number) => {
    setFollowing(false);
    scrollTo(centered(place));
  };
  return { top, viewHeight, canvasHeight, isFollowing, setFollowing, onScroll, scrollTo, center };
}
