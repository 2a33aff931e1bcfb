"use client";

import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { LogStore } from "./log-store.tsx";
import { Lines } from "./log-view/lines.tsx";
import classes from "./log-view/log-view.module.css";
import type { LogGroup } from "./log-view/rows.ts";
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
  downloadHref: string;
  /** A line to show; a new object for each wish, so that the same line can be wished for twice. */
  wish: { line: number } | null;
  emptyText: string;
  /** What stands where lines are not there. */
  gapText: (lineCount: number) => string;
};

/** A log of any length: only the lines in view are in the page. */
export function LogView({ store, groups, failureLine, live, downloadHref, wish, ...texts }: Props) {
  const view = useLogLines({ store, groups, follows: live && failureLine === null });
  const { lineCount, selected, show, follow } = view;
  const input = useRef<HTMLInputElement>(null);
  const [isWrapped, setWrapped] = useState(false);
  const [hasTimes, setTimes] = useState(false);
  const jumps = useJumps({ store, failureLine, selected, jump: show });
  useLogKeys({
    "/": () => focus(input),
    n: () => jumps.move(1),
    N: () => jumps.move(-1),
    f: jumps.toFailure,
  });
  useOpening({ failureLine, wish, lineCount, show });
  return (
    <div className={isWrapped ? `${classes.frame} ${classes.wrapped}` : classes.frame}>
      <Toolbar
        inputRef={input}
        jumps={jumps}
        isWrapped={isWrapped}
        onWrap={() => {
          setWrapped(!isWrapped);
          view.virtual.measure();
        }}
        hasTimes={hasTimes}
        onTimes={() => setTimes(!hasTimes)}
        downloadHref={downloadHref}
      />
      <Lines view={view} store={store} query={jumps.query} isWrapped={isWrapped} hasTimes={hasTimes} {...texts} />
      {live && !follow.isFollowing && (
        <Button
          className={classes.follow ?? ""}
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={() => follow.setFollowing(true)}
        >
          Follow
        </Button>
      )}
    </div>
  );
}
