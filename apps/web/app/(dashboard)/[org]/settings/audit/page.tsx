import { listAuditEntries } from "@branchline/core/audit/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { requireCtx } from "@/lib/ctx";
import { AuditTable } from "./audit-table";

export const metadata: Metadata = { title: "Audit" };

type Props = { params: Promise<{ org: string }>; searchParams: Promise<{ before?: string }> };

const pageSize = 50;

export default async function AuditPage({ params, searchParams }: Props) {
  const ctx = await requireCtx((await params).org);
  const { before } = await searchParams;
  const entries = await listAuditEntries(ctx, { take: pageSize, ...(before === undefined ? {} : { before }) });
  const last = entries.at(-1);
  return (
    <>
      <PageHead
        title="Audit"
        text="Every change that anybody made here, written in the same transaction as the change."
      />
      {entries.length === 0 ? (
        <Empty title="Nothing further back" text="There is no older entry." />
      ) : (
        <AuditTable entries={entries} />
      )}
      {last !== undefined && entries.length === pageSize && (
        <Button component={Link} href={`?before=${last.entryId}`} variant="default" mt="sm">
          Show older entries
        </Button>
      )}
    </>
  );
}
