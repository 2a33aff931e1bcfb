import { createDb } from "@branchline/db";
import { type GivenService, givenIn } from "@branchline/testing/given";
import { writeDeployments } from "./busy-week/deployments.ts";

/**
 * A week of a busy organization: services with and without CI/CD, deployments in every status with logs and stack events.
 * Prints the organization's slug and the owner's id.
 */
const [url] = process.argv.slice(2);
if (url === undefined) throw new Error("Say which database to fill: node prisma/seed/busy-week.ts postgres://…");
const db = createDb(url);
const given = givenIn(db);
const organization = await given.organization();
const staging = await given.profile(organization, { name: "staging", accountId: "222233334444" });
const production = await given.profile(organization, {
  name: "production",
  accountId: "555566667777",
  allowedBranches: ["main"],
});
const repository = await given.repository(organization);
const mappings = [
  { branch: "develop", stage: "staging", profile: staging },
  { branch: "main", stage: "prod", profile: production },
];
const names = ["billing", "catalog", "orders", "reports"];
const services = await names.reduce<Promise<GivenService[]>>(async (before, name) => {
  const made = await before;
  return [...made, await given.service(organization, { name, repository, profile: staging, mappings })];
}, Promise.resolve([]));
await db.service.updateMany({
  where: { organizationId: organization.organizationId, slug: "reports" },
  data: { cicdEnabledAt: null },
});
await writeDeployments({
  db,
  organizationId: organization.organizationId,
  repositoryId: repository.repositoryId,
  profiles: { staging: staging.deployProfileId, prod: production.deployProfileId },
  services: Object.fromEntries(services.map((service) => [service.service, service.serviceId])),
});
process.stdout.write(`${JSON.stringify({ slug: organization.slug, owner: organization.owner.userId })}\n`);
await db.$disconnect();
