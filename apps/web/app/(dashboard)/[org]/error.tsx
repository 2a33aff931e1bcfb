"use client";

import { Button } from "@mantine/core";
import { PageHead } from "@/components/page-head";

/** A bug of ours, or the database is away: the rest of the organization stays within reach. */
export default function OrganizationError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const number = error.digest === undefined ? "" : ` Tell the operators the number ${error.digest}.`;
  return (
    <>
      <PageHead
        title="This page could not be shown"
        text={`Branchline failed to read what belongs here. Nothing was changed.${number}`}
      />
      <Button onClick={reset}>Load the page again</Button>
    </>
  );
}
