import { Box } from "@mantine/core";
import type { Metadata } from "next";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { can, requireCtx } from "@/lib/ctx";
import { createProfile } from "../actions";
import { ProfileForm } from "../profile-form";

export const metadata: Metadata = { title: "Add deploy profile" };

type Props = { params: Promise<{ org: string }> };

export default async function NewProfilePage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const { slug, role } = ctx.organization;
  return (
    <Box maw={860}>
      <PageHead
        title="Add deploy profile"
        text="One profile per AWS account and region, such as staging and prod. The role can be created in the next step."
      />
      {can(ctx, "deploy_profile.create") ? (
        <Panel title="Settings">
          <ProfileForm action={createProfile.bind(null, slug)} profile={null} />
        </Panel>
      ) : (
        <RefusalNote message={`Adding a deploy profile needs the role admin; yours is ${role}.`} />
      )}
    </Box>
  );
}
