"use client";

import type { OrganizationOfUser } from "@branchline/core/organizations/queries";
import { lazy } from "react";
import { OrganizationButton } from "./organization-button";
import { useLateMenu } from "./use-late-menu";

const load = () => import("./organization-list");
const OrganizationList = lazy(load);

export function OrganizationMenu({ slug, organizations }: { slug: string; organizations: OrganizationOfUser[] }) {
  const { isAsked, waiting } = useLateMenu(load);
  const name = organizations.find((organization) => organization.slug === slug)?.name ?? slug;
  if (isAsked) return <OrganizationList slug={slug} name={name} organizations={organizations} />;
  return <OrganizationButton name={name} {...waiting} />;
}
