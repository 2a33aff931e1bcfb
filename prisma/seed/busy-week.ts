import { createDb } from "../../packages/db/src/index.ts";
import { givenIn } from "../../packages/testing/src/given.ts";
import { writeDeployments } from "./busy-week/deployments.ts";

/**
 * A week of a busy organization: services with and without CI/CD, deployments in every status with logs and stack events.
 * Prints the organization's slug and the owner's id.
 */
const url = process.env.DATABASE_URL;
if (url === undefined) throw new Error("DATABASE_URL is missing: it says which database to fill");
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
const services = [];
for (const name of ["billing", "catalog", "orders", "reports"]) {
  services.push(await given.service(organization, { name, repository, profile: staging, mappings }));
}
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
console.log(JSON.stringify({ slug: organization.slug, owner: organization.owner.userId }));
await db.$disconnect();
