import "server-only";
import { listDeployProfiles } from "@branchline/core/deploy-profiles/queries";
import { listServices } from "@branchline/core/services/queries";
import type { Place } from "@/components/header/go-anywhere";
import type { WebCtx } from "./ctx";

/** What ⌘K finds: the pages, services and profiles of an organization. */
export async function listPlaces(ctx: WebCtx): Promise<Place[]> {
  const base = `/${ctx.organization.slug}`;
  const [services, profiles] = await Promise.all([listServices(ctx), listDeployProfiles(ctx)]);
  return [
    { href: base, label: "Services", keys: "g s" },
    { href: `${base}/deployments`, label: "Deployments", keys: "g d" },
    { href: `${base}/profiles`, label: "Deploy profiles", keys: "g p" },
    { href: `${base}/settings/members`, label: "Members", detail: "Settings", keys: "g m" },
    { href: `${base}/settings/github`, label: "GitHub", detail: "Settings", keys: "g h" },
    { href: `${base}/settings/deliveries`, label: "Deliveries", detail: "Settings", keys: "g w" },
    { href: `${base}/settings/audit`, label: "Audit", detail: "Settings", keys: "g a" },
    { href: `${base}/services/new`, label: "Add a service" },
    { href: `${base}/profiles/new`, label: "Add a deploy profile" },
    ...services.flatMap(({ app, service }) => {
      const href = `${base}/apps/${app}/services/${service}`;
      return [
        { href, label: service, detail: `Service of ${app}` },
        { href: `${href}/ci-cd`, label: `CI/CD of ${service}`, detail: `Settings in ${app}` },
      ];
    }),
    ...profiles.map(({ slug, region }) => ({
      href: `${base}/profiles/${slug}`,
      label: slug,
      detail: `Deploy profile, ${region}`,
    })),
  ];
}
