import { Prisma } from "@branchline/db";
import { type GivenService, givenIn } from "@branchline/testing/given";
import type { Dashboard } from "../dashboard.ts";

export const size = { services: 60, stages: ["dev", "staging", "prod"], deployments: 100_000 };

/**
 * What a team of many years has: every service in every stage, 100,000 deployments with their phases, stack events, outputs and
 * logs, an audit entry and a delivery for each. The first of each by the verbs that make them, the others as their copies.
 * @returns a service, and the number of its deployment that failed
 */
export async function seedYears(dashboard: Dashboard): Promise<{ service: GivenService; failed: number }> {
  const { organization, ctx } = dashboard;
  const { db, organizationId } = ctx;
  const given = givenIn(db);
  const mappings = size.stages.map((stage) => ({ branch: stage === "prod" ? "main" : stage, stage }));
  const service = await given.service(organization, { mappings });
  await copyServices(dashboard, service.serviceId);
  const { deploymentId } = await given.deployment(organization, service);
  await db.deployment.update({
    where: { id: deploymentId },
    data: { status: "succeeded", startedAt: new Date(), finishedAt: new Date(), epoch: 1, logLines: 100 },
  });
  await db.$executeRaw(copiesOf(deploymentId));
  await db.$executeRaw(Prisma.sql`
    UPDATE organizations SET next_deployment_number = ${size.deployments + 1} WHERE id = ${organizationId}::uuid`);
  await db.$executeRaw(phases(organizationId));
  await db.$executeRaw(logs(organizationId));
  await db.$executeRaw(events(organizationId));
  await db.$executeRaw(outputs(organizationId));
  await db.$executeRaw(entries(organizationId));
  await db.$executeRaw(deliveries(organizationId));
  await db.$executeRaw(Prisma.sql`VACUUM ANALYZE`);
  const failed = await db.deployment.findFirstOrThrow({
    where: { organizationId, status: "failed" },
    orderBy: { number: "desc" },
  });
  return { service, failed: failed.number };
}

async function copyServices({ ctx: { db } }: Dashboard, serviceId: string): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    INSERT INTO services (id, organization_id, app_id, slug, repository_id, base_directory, cicd_enabled_at)
    SELECT gen_random_uuid(), organization_id, app_id, slug || n, repository_id, base_directory || n, cicd_enabled_at
    FROM services, generate_series(2, ${size.services}::int) n WHERE id = ${serviceId}::uuid`);
  await db.$executeRaw(Prisma.sql`
    INSERT INTO branch_mappings (id, organization_id, service_id, place, branch, stage, deploy_profile_id)
    SELECT gen_random_uuid(), rows.organization_id, services.id, rows.place, rows.branch, rows.stage, rows.deploy_profile_id
    FROM branch_mappings rows JOIN services ON services.id <> rows.service_id WHERE rows.service_id = ${serviceId}::uuid`);
}

/** One every five minutes, the last ones now: 90 in 100 succeeded, 6 failed, 4 were superseded; 3 run and 20 wait. */
function copiesOf(deploymentId: string): Prisma.Sql {
  const people = Prisma.sql`(ARRAY['ada', 'bo', 'chidi', 'dagny', 'eiji', 'fatima', 'gro'])[1 + n % 7]`;
  return Prisma.sql`
    WITH places AS (
      SELECT services.id AS service_id, stages.id AS stage_id, stages.name AS stage, row_number() OVER () - 1 AS place
      FROM services JOIN stages USING (app_id)
      WHERE services.organization_id = (SELECT organization_id FROM deployments WHERE id = ${deploymentId}::uuid)),
    drawn AS (
      SELECT n, CASE WHEN n > ${size.deployments}::int - 20 THEN 'queued' WHEN n > ${size.deployments}::int - 23 THEN 'running'
        WHEN n % 50 < 45 THEN 'succeeded' WHEN n % 50 < 48 THEN 'failed' ELSE 'cancelled' END AS status,
        now() - (${size.deployments}::int - n) * interval '5 minutes' AS queued_at
      FROM generate_series(2, ${size.deployments}::int) n)
    INSERT INTO deployments (id, organization_id, number, service_id, stage_id, region, account_id, deploy_profile_id,
      repository_id, branch, commit_sha, commit_message, commit_author, trigger, triggered_by, because, status, reason,
      superseded_by_number, epoch, queued_at, started_at, finished_at, stack_name, stack_status, log_lines, failure_line)
    SELECT gen_random_uuid(), organization_id, n, places.service_id, places.stage_id, region, account_id, deploy_profile_id,
      repository_id, CASE places.stage WHEN 'prod' THEN 'main' ELSE places.stage END, md5(n::text) || '00000000',
      'Change number ' || n || ' of the prices', 'Ada Lovelace', trigger, ${people}, because, drawn.status::"DeploymentStatus",
      CASE drawn.status WHEN 'failed' THEN 'tests_failed' WHEN 'cancelled' THEN 'superseded' END,
      CASE drawn.status WHEN 'cancelled' THEN n + 1 END, 1, drawn.queued_at,
      CASE WHEN drawn.status IN ('succeeded', 'failed', 'running') THEN drawn.queued_at + interval '9 seconds' END,
      CASE WHEN drawn.status NOT IN ('queued', 'running') THEN drawn.queued_at + (60 + n % 50) * interval '1 second' END,
      'orders-' || places.stage, 'UPDATE_COMPLETE', 100, CASE drawn.status WHEN 'failed' THEN 80 END
    FROM deployments, drawn JOIN places ON places.place = drawn.n % ${size.services * size.stages.length}::int
    WHERE deployments.id = ${deploymentId}::uuid`;
}

const ofOrganization = (id: string) => Prisma.sql`FROM deployments WHERE organization_id = ${id}::uuid`;

function phases(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO phases (deployment_id, epoch, name, status, first_line, started_at, finished_at)
    SELECT id, 1, name, 'succeeded', 1 + 20 * place, queued_at, queued_at + interval '10 seconds'
    FROM (SELECT id, queued_at ${ofOrganization(organizationId)} AND status IN ('succeeded', 'failed')) ended,
      unnest(enum_range(NULL::"PhaseName")) WITH ORDINALITY AS names (name, place)`;
}

function logs(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_chunks (deployment_id, epoch, seq, first_line, line_count, bytes)
    SELECT id, 1, 1, 1, 100, convert_to(repeat(E'something was printed here\n', 100), 'UTF8')
    ${ofOrganization(organizationId)} AND status <> 'queued'`;
}

function events(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO stack_events (deployment_id, event_id, at, logical_id, physical_id, resource_type, status)
    SELECT id, n::text, queued_at + n * interval '1 second', 'Resource' || n / 2, 'arn' || n / 2, 'AWS::Lambda::Function',
      (ARRAY['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'])[1 + n % 2]
    FROM (SELECT id, queued_at ${ofOrganization(organizationId)} AND status = 'succeeded') ended, generate_series(0, 7) n`;
}

function outputs(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outputs (id, organization_id, service_id, stage_id, region, deployment_id, kind, key, value)
    SELECT gen_random_uuid(), organization_id, service_id, stage_id, region, id, 'output', 'key' || n, 'value ' || n
    FROM (SELECT * ${ofOrganization(organizationId)} AND status = 'succeeded') ended, generate_series(1, 3) n`;
}

function entries(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_entries (id, organization_id, actor_kind, actor_name, action, subject_kind, subject_id, subject_name, at)
    SELECT gen_random_uuid(), organization_id, 'github', triggered_by, 'deployment.queue', 'deployment', id, '#' || number, queued_at
    ${ofOrganization(organizationId)}`;
}

function deliveries(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO webhook_deliveries (id, event, body, body_sha256, organization_id, received_at, settled_at, branch, head_sha,
      explanation, targets)
    SELECT id, 'push', jsonb_build_object('ref', branch, 'number', number), md5(number::text), organization_id, queued_at,
      queued_at, branch, commit_sha, 'orders: deployment #' || number, jsonb_build_array(jsonb_build_object('app', 'shop',
        'service', 'orders', 'stage', 'prod', 'deploymentNumber', number, 'because', because))
    ${ofOrganization(organizationId)}`;
}
