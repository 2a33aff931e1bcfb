"use client";

import { useEffect, useState } from "react";
import { durationText } from "./duration-text.tsx";

type Props = {
  from: Date;
  /** Null: it still runs, and ticks. */
  to: Date | null;
};

/** How long something took, or takes so far. */
export function Duration({ from, to }: Props) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (to !== null) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [to]);
  return <span suppressHydrationWarning>{durationText((to?.getTime() ?? now) - from.getTime())}</span>;
}
