"use client";

import { useEffect } from "react";
import { awayDigest } from "@/lib/away-digest";

/** What Next hands to the page that stands in for one that failed. */
export type PageErrorProps = {
  error: Error & { digest?: string };
  /** Reads the page from the server again. */
  retry: () => void;
};

const retryEveryMs = 3_000;

/** What to say of a page that failed. One that only the database stood in the way of comes back by itself. */
export function usePageError({ error: { digest }, retry }: PageErrorProps): { title: string; text: string } {
  const isAway = digest === awayDigest;
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(retry, retryEveryMs);
    return () => clearInterval(timer);
  }, [isAway, retry]);
  if (isAway) {
    return {
      title: "The database does not answer",
      text: "Nothing was changed. This page comes back by itself when the database does.",
    };
  }
  const number = digest === undefined ? "" : ` Tell the operators the number ${digest}.`;
  const text = `Branchline failed to read what belongs here. Nothing was changed.${number}`;
  return { title: "This page could not be shown", text };
}
