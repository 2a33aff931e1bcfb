"use client";

import { Button } from "@mantine/core";
import { Placard } from "@/components/placard";
import { type PageErrorProps, usePageError } from "@/components/use-page-error";

/** A bug of ours, or the database is away: says so, and offers the only useful step. */
export default function PageError(props: PageErrorProps) {
  return (
    <Placard {...usePageError(props)}>
      <Button onClick={props.retry}>Load the page again</Button>
    </Placard>
  );
}
