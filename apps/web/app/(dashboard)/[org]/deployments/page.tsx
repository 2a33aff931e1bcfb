import { listQueued } from "@branchline/core/deployments/list-queued";
import { listFilterOptions, listFinished, listRunning } from "@branchline/core/deployments/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { can, requireCtx } from "@/lib/ctx";
import { ListKeys } from "@/lib/live/list-keys";
import { OrganizationLive } from "@/lib/live/organization-live";
import { cancel } from "./[number]/actions";
import { FilterBar } from "./filter-bar";
import { loadFilters } from "./filters";
import { FinishedTable } from "./finished-table";
import { addressWith, filtersOf, isShown } from "./page-filters";
import { Part } from "./part";
import { QueuedList } from "./queued-list";
import { RunningList } from "./running-list";

export const metadata: Metadata = { title: "Deployments" };

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

const pageSize = 50;
/** A running card shows its phase and last line: they come with the page. */
const runningEveryMs = 2_500;

export default async function DeploymentsPage({ params, searchParams }: Props) {
  const [{ org }, loaded] = await Promise.all([params, loadFilters(searchParams)]);
  const ctx = await requireCtx(org);
  const filters = filtersOf(loaded);
  const { before } = loaded;
  const [running, queued, finished, options] = await Promise.all([
    listRunning(ctx),
    listQueued(ctx),
    listFinished(ctx, filters, { take: pageSize, ...(before === null ? {} : { beforeNumber: before }) }),
    listFilterOptions(ctx),
  ]);
  const { slug } = ctx.organization;
  const base = `/${slug}`;
  const shown = { running: running.filter(isShown(filters)), queued: queued.filter(isShown(filters)) };
  const newest = Math.max(0, ...[...running, ...queued, ...finished].map((row) => row.number));
  const isFiltered = Object.keys(filters).length > 0;
  const last = finished.at(-1);
  if (newest === 0 && !isFiltered && before === null) return <NoDeployment slug={slug} />;
  return (
    <>
      <PageHead title="Deployments" />
      <OrganizationLive slug={slug} newest={newest} everyMs={running.length > 0 ? runningEveryMs : null} growsAtTop />
      <ListKeys />
      <FilterBar {...options} />
      <div data-live-rows>
        <Part title="Running" shown={shown.running.length} all={running.length} empty="Nothing is being deployed.">
          <RunningList base={base} rows={shown.running} />
        </Part>
        <Part title="Queued" shown={shown.queued.length} all={queued.length} empty="Nothing waits.">
          <QueuedList
            base={base}
            rows={shown.queued}
            cancel={can(ctx, "deployment.cancel") ? cancel.bind(null, org) : null}
          />
        </Part>
        <Part title="Finished" shown={finished.length} empty={noneFinished(isFiltered, before)}>
          <FinishedTable base={base} rows={finished} />
          {last !== undefined && finished.length === pageSize && (
            <Button component={Link} href={addressWith(filters, last.number)} variant="default" mt="sm">
              Show older deployments
            </Button>
          )}
        </Part>
      </div>
    </>
  );
}

function noneFinished(isFiltered: boolean, before: number | null): string {
  if (isFiltered) return "No finished deployment fits the filters.";
  return before === null ? "None has finished yet." : "There is no older one.";
}

function NoDeployment({ slug }: { slug: string }) {
  return (
    <>
      <PageHead title="Deployments" />
      <OrganizationLive slug={slug} newest={0} />
      <Empty title="No deployment yet" text="A merge into a branch that a branch deploy names queues the first one.">
        <Button component={Link} href={`/${slug}`}>
          Open services
        </Button>
      </Empty>
    </>
  );
}
