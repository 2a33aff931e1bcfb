"use client";

import { Button } from "@mantine/core";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { usePatientRefresh } from "@/components/use-patient-refresh";
import { openLiveChannel } from "./live-channel";
import classes from "./organization-live.module.css";
import { PauseNote } from "./pause-note";

type Props = {
  slug: string;
  /** The newest deployment that the page shows. */
  newest: number;
  /** Reads the page again this often while something runs on it; null when nothing does. */
  everyMs?: number | null;
  /** New rows push others down: they wait while the person reads further below or points at one. */
  growsAtTop?: boolean;
};

/** A refresh reads the whole page: hints that come closer together share one. */
const refreshGapMs = 1_000;
const scrolledPx = 160;

/** Keeps a list true while it is open. */
export function OrganizationLive({ slug, newest, everyMs = null, growsAtTop = false }: Props) {
  const refresh = useThrottledRefresh();
  const [latest, setLatest] = useState(newest);
  const [isHeld, setHeld] = useState(false);
  const [pause, setPause] = useState<string | null>(null);
  const onMoved = useEffectEvent((moved: { newest: number }) => {
    setLatest(moved.newest);
    if (growsAtTop && isReading()) setHeld(true);
    else refresh();
  });
  useEffect(() => {
    const moved = (body: { newest: number }) => onMoved(body);
    const addressAfter = () => `/api/organizations/${slug}/events`;
    return openLiveChannel({ addressAfter, hearing: { moved }, onPause: setPause });
  }, [slug]);
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !(growsAtTop && isReading())) refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, growsAtTop, refresh]);
  const count = latest - newest;
  if (!isHeld) return <PauseNote why={pause} />;
  return (
    <div className={classes.notice} role="status">
      <Button
        size="xs"
        onClick={() => {
          setHeld(false);
          window.scrollTo({ top: 0 });
          refresh();
        }}
      >
        {count > 0 ? `${count} new` : "Something changed"} · Show
      </Button>
    </div>
  );
}

function isReading(): boolean {
  return window.scrollY > scrolledPx || document.querySelector("[data-live-rows]:hover") !== null;
}

function useThrottledRefresh(): () => void {
  const refresh = usePatientRefresh();
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(due.current ?? undefined), []);
  return useCallback(() => {
    due.current ??= setTimeout(() => {
      due.current = null;
      refresh();
    }, refreshGapMs);
  }, [refresh]);
}
