import { testDatabase } from "@branchline/testing/database";
import { type GivenOrganization, type GivenService, givenIn } from "@branchline/testing/given";
import { runSql } from "@branchline/testing/sql";
import { afterAll, expect, test } from "vitest";
import { listDueBells } from "./deployments/due.ts";
import { recordRepositories } from "./installations/sync.ts";

const database = await testDatabase();
const { db } = database;
afterAll(() => database.close());
const given = givenIn(db);

const count = 300;

/** An organization whose service is deployed once and was pushed to once, with one repository more that was never scanned. */
async function organizationWithWork() {
  const organization = await given.organization();
  const service = await given.service(organization);
  const { deploymentId } = await given.deployment(organization, service);
  const deliveryId = crypto.randomUUID();
  const { installationGithubId } = service.repository;
  const body = { event: "push", body: {}, bodySha256: deliveryId };
  await db.webhookDelivery.create({ data: { id: deliveryId, installationGithubId, ...body } });
  const { repositoryId } = await given.repository(organization);
  return { organization, service, deploymentId, deliveryId, repositoryId };
}

/** Rows like one that a verb has made, but for what `n` makes different. */
const copy = (table: string, id: string, changes: string) =>
  runSql(
    database.url,
    `INSERT INTO ${table}
      SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), ${changes}))).*
      FROM ${table} one, generate_series(2, ${count}) n WHERE one.id = '${id}'`,
  );

async function grantRepositories({ ctx }: GivenOrganization, { repository }: GivenService): Promise<void> {
  const granted = Array.from({ length: count }, (_, index) => {
    return { githubId: BigInt(index), fullName: `many/${index}`, private: true, defaultBranch: "main" };
  });
  await recordRepositories(ctx, repository.installationId, granted);
}

test("threat 47: has more that is due than a sweep takes: the next sweep rings for another organization's as well, which came last", async () => {
  const many = await organizationWithWork();
  await copy("deployments", many.deploymentId, "'number', n");
  await copy("webhook_deliveries", many.deliveryId, "'body_sha256', n");
  await grantRepositories(many.organization, many.service);
  const scansOf = (bells: { name: string }[]) => bells.filter(({ name }) => name === "repository.scan").length;
  expect(scansOf(many.organization.bells)).toBeLessThan(count / 2);
  await copy("services", many.service.serviceId, "'slug', n");
  await runSql(
    database.url,
    `UPDATE services SET repository_id = (SELECT id FROM repositories WHERE full_name = 'many/' || slug)
      WHERE slug ~ '^[0-9]+$' AND slug <> '${count}'`,
  );
  await runSql(
    database.url,
    `UPDATE deployments SET queued_at = now() - interval '1 hour';
      UPDATE webhook_deliveries SET received_at = now() - interval '1 hour';
      UPDATE repositories SET created_at = now() - interval '1 hour', heads_due_at = now() - interval '1 hour'`,
  );
  const few = await organizationWithWork();
  await runSql(
    database.url,
    `UPDATE deployments SET queued_at = least(queued_at, now() - interval '1 minute');
      UPDATE webhook_deliveries SET received_at = least(received_at, now() - interval '1 minute')`,
  );

  const bells = await listDueBells(db);
  expect(bells).toContainEqual({ name: "github.receive", payload: { deliveryId: few.deliveryId } });
  expect(bells).toContainEqual({ name: "deployment.report", payload: { deploymentId: few.deploymentId } });
  expect(bells).toContainEqual({ name: "repository.scan", payload: { repositoryId: few.repositoryId } });
  const { repositoryId } = few.service.repository;
  expect(bells).toContainEqual({ name: "repository.look", payload: { repositoryId } });
  // Beside as much of the other's as a sweep takes of each kind.
  const counts = [...Map.groupBy(bells, ({ name }) => name)].map(([name, each]) => [name, each.length]);
  expect(Object.fromEntries(counts)).toEqual({
    "github.receive": 200,
    "deployment.report": 200,
    "repository.scan": 50,
    "repository.look": 50,
    "github.redeliver": 1,
  });
});
