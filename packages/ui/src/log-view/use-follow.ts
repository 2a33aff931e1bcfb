import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

const nearEndPx = 24;

/** Stays at the end while a log grows, until the person scrolls up; scrolling back to the end takes it up again. */
export function useFollow(scroller: RefObject<HTMLDivElement | null>, starts: boolean, grownTo: number) {
  const [isFollowing, setFollowing] = useState(starts);
  const scrollTop = useRef(0);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  useLayoutEffect(() => {
    if (isFollowing && grownTo > 0) toEnd();
  }, [isFollowing, grownTo, toEnd]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const isUp = element.scrollTop < scrollTop.current;
    scrollTop.current = element.scrollTop;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (left < nearEndPx) setFollowing(true);
    else if (isUp) setFollowing(false);
  }, [scroller]);

  return { isFollowing, setFollowing, onScroll };
}
