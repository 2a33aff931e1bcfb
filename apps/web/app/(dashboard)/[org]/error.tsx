"use client";

import { Button } from "@mantine/core";
import { PageHead } from "@/components/page-head";
import { type PageErrorProps, usePageError } from "@/components/use-page-error";

/** A bug of ours, or the database is away: the rest of the organization stays within reach. */
export default function OrganizationError(props: PageErrorProps) {
  return (
    <>
      <PageHead {...usePageError(props)} />
      <Button onClick={props.retry}>Load the page again</Button>
    </>
  );
}
