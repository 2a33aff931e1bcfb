import { boardOf } from "@branchline/core/board/queries";
import { listFinished, listQueued, listRunning } from "@branchline/core/deployments/queries";
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
import classes from "./deployments.module.css";
import { FilterBar } from "./filter-bar";
import { loadFilters } from "./filters";
import { FinishedTable } from "./finished-table";
import { addressWith, filtersOf, isShown } from "./page-filters";
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
  const [running, queued, finished, board] = await Promise.all([
    listRunning(ctx),
    listQueued(ctx),
    listFinished(ctx, filters, { take: pageSize, ...(before === null ? {} : { beforeNumber: before }) }),
    boardOf(ctx),
  ]);
  const { slug } = ctx.organization;
  const base = `/${slug}`;
  const shown = { running: running.filter(isShown(filters)), queued: queued.filter(isShown(filters)) };
  const newest = Math.max(0, ...[...running, ...queued, ...finished].map((row) => row.number));
  const isEmpty = newest === 0 && Object.keys(filters).length === 0 && before === null;
  const last = finished.at(-1);
  return (
    <>
      <PageHead title="Deployments" />
      <OrganizationLive slug={slug} newest={newest} everyMs={running.length > 0 ? runningEveryMs : null} growsAtTop />
      <ListKeys />
      {isEmpty ? (
        <Empty title="No deployment yet" text="A merge into a branch that a branch deploy names queues the first one.">
          <Button component={Link} href={base}>
            Open services
          </Button>
        </Empty>
      ) : (
        <div data-live-rows>
          <Part title="Running" count={shown.running.length} empty="Nothing is being deployed.">
            <RunningList base={base} rows={shown.running} />
          </Part>
          <Part title="Queued" count={shown.queued.length} empty="Nothing waits.">
            <QueuedList
              base={base}
              rows={shown.queued}
              cancel={can(ctx, "deployment.cancel") ? cancel.bind(null, org) : null}
            />
          </Part>
          <section className={classes.part} aria-labelledby="finished">
            <div className={classes.parthead}>
              <h2 id="finished">Finished</h2>
              <FilterBar
                services={[...new Set(board.services.map(({ service }) => service))]}
                stages={[...new Set(board.stages.map(({ name }) => name))]}
              />
            </div>
            {finished.length === 0 ? (
              <p className={classes.nothing}>No finished deployment fits.</p>
            ) : (
              <FinishedTable base={base} rows={finished} />
            )}
            {last !== undefined && finished.length === pageSize && (
              <Button component={Link} href={addressWith(filters, last.number)} variant="default" mt="sm">
                Show older deployments
              </Button>
            )}
          </section>
        </div>
      )}
    </>
  );
}

type PartProps = { title: string; count: number; empty: string; children: React.ReactNode };

function Part({ title, count, empty, children }: PartProps) {
  return (
    <section className={classes.part} aria-label={title}>
      <div className={classes.parthead}>
        <h2>
          {title} {count > 0 && <span className={classes.count}>{count}</span>}
        </h2>
      </div>
      {count === 0 ? <p className={classes.nothing}>{empty}</p> : children}
    </section>
  );
}
