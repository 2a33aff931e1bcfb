"use client";

import { Button } from "@mantine/core";
import { Placard } from "@/components/placard";

/** A bug of ours, or the database is away: says so, and offers the only useful step. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const number = error.digest === undefined ? "" : ` Tell the operators the number ${error.digest}.`;
  return (
    <Placard
      title="This page could not be shown"
      text={`Branchline failed to read what belongs here. Nothing was changed.${number}`}
    >
      <Button onClick={reset}>Load the page again</Button>
    </Placard>
  );
}
