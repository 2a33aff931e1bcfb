"use client";

import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { type CSSProperties, useRef, useState } from "react";
import type { LogStore } from "./log-store.tsx";
import type { LogGroup } from "./log-view/layout.ts";
import { Lines } from "./log-view/lines.tsx";
import classes from "./log-view/log-view.module.css";
import { Toolbar } from "./log-view/toolbar.tsx";
import { focus, useJumps } from "./log-view/use-jumps.ts";
import { useLogKeys } from "./log-view/use-log-keys.ts";
import { useLogLines } from "./log-view/use-log-lines.ts";
import { useOpening } from "./log-view/use-opening.ts";

export type { LogGroup };

type Props = {
  store: LogStore;
  groups: LogGroup[];
  /** Where a failure opens. */
  failureLine: number | null;
  /** Lines still come. */
  live: boolean;
  /** It has ended, but not all of it is here yet. */
  isArriving: boolean;
  downloadHref: string;
  /** A line to show; a new object for each wish, so that the same line can be wished for twice. */
  wish: { line: number } | null;
  emptyText: string;
  /** What stands where lines are missing. */
  gapText: (lines: number, isSettled: boolean) => string;
};

/** Room for so many digits of a line's number, so that a short log does not move when it grows. */
const digitsMin = 4;

/** A log of any length: only the lines in view are in the page. */
export function LogView(props: Props) {
  const { store, groups, failureLine, live, isArriving, downloadHref, wish, emptyText, gapText } = props;
  const [isWrapped, setWrapped] = useState(false);
  const view = useLogLines({ store, groups, isWrapped, follows: live && failureLine === null, opensAt: failureLine });
  const { selected, show, scroll } = view;
  const input = useRef<HTMLInputElement>(null);
  const [hasTimes, setTimes] = useState(false);
  const jumps = useJumps({ store, failureLine, selected, isArriving, jump: show });
  useLogKeys({
    "/": () => focus(input),
    n: () => jumps.move(1),
    N: () => jumps.move(-1),
    f: jumps.toFailure,
  });
  useOpening({ failureLine, wish, isThere: (line) => store.line(line) !== null, show });
  return (
    <div
      className={isWrapped ? `${classes.frame} ${classes.wrapped}` : classes.frame}
      style={{ "--digits": Math.max(digitsMin, String(view.lineCount).length) } as CSSProperties}
    >
      <Toolbar
        inputRef={input}
        jumps={jumps}
        isWrapped={isWrapped}
        onWrap={() => setWrapped(!isWrapped)}
        hasTimes={hasTimes}
        onTimes={() => setTimes(!hasTimes)}
        downloadHref={downloadHref}
      />
      <Lines
        view={view}
        store={store}
        query={jumps.query}
        isWrapped={isWrapped}
        hasTimes={hasTimes}
        emptyText={emptyText}
        gapText={gapText}
      />
      {live && !scroll.isFollowing && (
        <Button
          className={classes.follow ?? ""}
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={() => scroll.setFollowing(true)}
        >
          Follow
        </Button>
      )}
    </div>
  );
}
