import { redirect } from "next/navigation";
import { requireCtx } from "@/lib/ctx";

type Props = { params: Promise<{ org: string }> };

export default async function SettingsPage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  redirect(`/${ctx.organization.slug}/settings/members`);
}
