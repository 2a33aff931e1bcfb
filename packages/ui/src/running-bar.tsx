"use client";

import { useEffect, useState } from "react";
import { durationText } from "./duration-text.tsx";
import classes from "./running-bar.module.css";

type Props = {
  label: string;
  from: Date;
  /** Null: nobody knows yet how long it takes. */
  typicalMs: number | null;
};

/** How far something that runs probably is. */
export function RunningBar({ label, from, typicalMs }: Props) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsed = Math.max(0, now - from.getTime());
  const share = typicalMs === null ? null : Math.min(0.97, elapsed / typicalMs);
  return (
    <span className={classes.frame}>
      <span className={classes.times} suppressHydrationWarning>
        {durationText(elapsed)}
        {typicalMs !== null && (elapsed > typicalMs ? ", usually" : " of")}
        {typicalMs !== null && ` ~${durationText(typicalMs)}`}
      </span>
      <progress
        className={classes.bar}
        aria-label={label}
        max={100}
        suppressHydrationWarning
        {...(share === null ? {} : { value: Math.round(share * 100) })}
      />
    </span>
  );
}
