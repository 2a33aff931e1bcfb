import { listDeployProfiles } from "@branchline/core/deploy-profiles/queries";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { can, requireCtx } from "@/lib/ctx";
import { ListKeys } from "@/lib/live/list-keys";
import { ProfileTable } from "./profile-table";

export const metadata: Metadata = { title: "Deploy profiles" };

type Props = { params: Promise<{ org: string }> };

export default async function ProfilesPage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const { slug, role } = ctx.organization;
  const profiles = await listDeployProfiles(ctx);
  const mayCreate = can(ctx, "deploy_profile.create");
  const add = mayCreate && (
    <Button component={Link} href={`/${slug}/profiles/new`}>
      Add deploy profile
    </Button>
  );
  return (
    <>
      <PageHead
        title="Deploy profiles"
        text="A profile is the way into one AWS account and region: a role, and who may use it."
      >
        {profiles.length > 0 && add}
      </PageHead>
      {profiles.length === 0 ? (
        <Empty
          title="Add the first deploy profile"
          text={
            mayCreate
              ? "Every stage is deployed through one. You need an IAM role in the account, which a link creates for you."
              : `Adding a deploy profile needs the role admin; yours is ${role}. Ask an admin of this organization.`
          }
        >
          {add}
        </Empty>
      ) : (
        <>
          <ListKeys />
          <ProfileTable slug={slug} profiles={profiles} />
        </>
      )}
    </>
  );
}
