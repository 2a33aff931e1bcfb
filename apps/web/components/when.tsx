"use client";

import { useEffect, useState } from "react";
import { relative } from "@/lib/relative-time";

const everyMs = 30_000;

/** How long ago, in words; the exact time on hover. */
export function When({ at }: { at: Date }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={at.toISOString()}
      title={at.toISOString().replace("T", " ").replace(/\..*/, " UTC")}
      suppressHydrationWarning
    >
      {relative(at, new Date(now))}
    </time>
  );
}
