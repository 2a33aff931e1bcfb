import { listOrganizations } from "@branchline/core/organizations/queries";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Header } from "@/components/header/header";
import { requireCtx } from "@/lib/ctx";
import { listPlaces } from "@/lib/places";
import classes from "./layout.module.css";

type Props = { params: Promise<{ org: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org } = await params;
  return { title: { default: org, template: `%s · ${org} · Branchline` } };
}

export default async function OrganizationLayout({ params, children }: Props) {
  const ctx = await requireCtx((await params).org);
  const [organizations, places] = await Promise.all([listOrganizations(ctx.db, ctx.user.userId), listPlaces(ctx)]);
  return (
    <>
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      <Header slug={ctx.organization.slug} organizations={organizations} user={ctx.user} places={places} />
      <main id="content" className={classes.main}>
        {children}
      </main>
    </>
  );
}
