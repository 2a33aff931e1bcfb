"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef } from "react";

/**
 * Reads the page again if it can be read now: one that can't would take this one's place, with all that was typed in it. Who
 * is not heard asks again soon.
 */
export function usePatientRefresh(): () => void {
  const router = useRouter();
  const isAsking = useRef(false);
  return useCallback(() => {
    if (isAsking.current) return;
    isAsking.current = true;
    void fetch("/api/readyz")
      .then(
        ({ ok }) => ok,
        () => false,
      )
      .then((isReady) => {
        isAsking.current = false;
        if (isReady) router.refresh();
      });
  }, [router]);
}
