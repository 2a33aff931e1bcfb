import { useEffect, useEffectEvent } from "react";

type Options = {
  failureLine: number | null;
  wish: { line: number } | null;
  isThere: (line: number) => boolean;
  show: (line: number) => void;
};

/** Where a log opens: at the line of the address, else at its failure; later where the page wishes. */
export function useOpening({ failureLine, wish, isThere, show }: Options): void {
  const open = useEffectEvent((failure: number | null) => {
    const line = lineOfAddress() ?? failure;
    if (line !== null) show(line);
  });
  const fulfil = useEffectEvent(() => {
    if (wish !== null) show(wish.line);
  });
  // A log may arrive after its page: it opens when the line that the address names is there.
  const wanted = lineOfAddress() ?? failureLine;
  const mayOpen = wanted !== null && isThere(wanted);
  useEffect(() => {
    if (mayOpen) open(failureLine);
  }, [mayOpen, failureLine]);
  useEffect(() => {
    if (wish !== null) fulfil();
  }, [wish]);
  useEffect(() => {
    const onAddress = () => open(null);
    window.addEventListener("hashchange", onAddress);
    return () => window.removeEventListener("hashchange", onAddress);
  }, []);
}

function lineOfAddress(): number | null {
  if (typeof location === "undefined") return null;
  const match = /^#L(\d{1,9})$/.exec(location.hash);
  return match === null ? null : Number(match[1]);
}
