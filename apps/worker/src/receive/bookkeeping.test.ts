import { listInstallations } from "@branchline/core/installations/queries";
import { listDueScans, listRepositories } from "@branchline/core/repositories/queries";
import { requestScan } from "@branchline/core/repositories/scan";
import { until } from "@branchline/testing/until";
import { afterAll, expect, test } from "vitest";
import { installationSync } from "../jobs/installation.sync.ts";
import { repositoryScan } from "../jobs/repository.scan.ts";
import { startPushes } from "../testing/pushes.ts";

const { door, receive, ctx, explanation, service } = await startPushes();
afterAll(() => door.stop());

const suspend = (suspended: boolean) => door.github.put("/installations/acme", { repositories: "all", suspended });

/** The delivery by which GitHub told of it. */
const told = (action: string) =>
  until(`the delivery of ${action}`, 30_000, async () => {
    const where = { event: "installation", settledAt: null, body: { path: ["action"], equals: action } };
    return (await door.db.webhookDelivery.findFirst({ where }))?.id ?? null;
  });

const suspendedAt = async () => (await listInstallations(ctx))[0]?.suspendedAt;

test("a suspension is believed while it lasts, and not when its delivery comes after it was lifted", async () => {
  await suspend(true);
  const first = await told("suspend");
  await receive(first);
  expect(await suspendedAt()).not.toBeNull();
  await suspend(false);
  await receive(await told("unsuspend"));
  expect(await suspendedAt()).toBeNull();

  await suspend(true);
  const late = await told("suspend");
  await suspend(false);
  await receive(await told("unsuspend"));
  await receive(late);
  expect(await suspendedAt()).toBeNull();
  expect(await explanation(late)).toBe(
    "told late: the installation on acme was resumed; its repositories are being read",
  );
});

test("fault 25: a repository that GitHub can't list is not rung for by the next sweep, and is scanned at once when a person asks", async () => {
  const { repositoryId } = service.repository;
  const scan = () => repositoryScan(door.parts, { repositoryId });
  const due = () => listDueScans(door.db, 100);
  await requestScan(ctx, { repositoryId });
  expect(await due()).toEqual([repositoryId]);
  await door.github.fail({ pathPrefix: "/api/v3/repos/acme/shop/commits", status: 500 });
  await expect(scan()).rejects.toThrow("500");
  expect(await due()).toEqual([]);
  await requestScan(ctx, { repositoryId });
  await scan();
  expect(await listRepositories(ctx)).toMatchObject([{ scannedAt: expect.any(Date) }]);
});

test("fault 24: a suspended installation is not asked for its repositories again and again", async () => {
  await suspend(true);
  const { installationId } = service.repository;
  await installationSync(door.parts, { installationId });
  expect(await suspendedAt()).not.toBeNull();
  await suspend(false);
});
