"use client";

import { useEffect } from "react";
import { usePatientRefresh } from "./use-patient-refresh";

/** Reads the page again while something on it is being worked on elsewhere. Without script the person reloads. */
export function RefreshWhile({ active, everyMs = 1_500 }: { active: boolean; everyMs?: number }) {
  const refresh = usePatientRefresh();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [active, everyMs, refresh]);
  return null;
}
