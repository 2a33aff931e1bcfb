import { type DeployProfileView, getDeployProfile } from "@branchline/core/deploy-profiles/queries";
import { Anchor, Group, Stack } from "@mantine/core";
import type { Metadata } from "next";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { can, requireCtx } from "@/lib/ctx";
import { found } from "@/lib/found";
import { changeProfile, proveProfile, removeProfile } from "../actions";
import { ProfileForm } from "../profile-form";
import { ProofBadge } from "../proof-badge";
import { ConnectionPanel } from "./connection-panel";
import { ProofPanel } from "./proof-panel";
import { RemoveProfile } from "./remove-profile";
import { SettingsList } from "./settings-list";
import { UseList } from "./use-list";

type Props = { params: Promise<{ org: string; profile: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).profile };
}

export default async function ProfilePage({ params }: Props) {
  const { org, profile: name } = await params;
  const ctx = await requireCtx(org);
  const profile = await found(getDeployProfile(ctx, name));
  const { slug } = ctx.organization;
  const mayChange = can(ctx, "deploy_profile.change");
  return (
    <>
      <Anchor component={Link} href={`/${slug}/profiles`} size="sm">
        Deploy profiles
      </Anchor>
      <PageHead title={<Title profile={profile} />} text={whereOf(profile)} />
      <Stack gap={0} maw={860}>
        <ConnectionPanel profile={profile} />
        <ProofPanel
          key={profile.deployProfileId}
          slug={slug}
          profile={profile}
          action={proveProfile.bind(null, slug)}
          mayProve={can(ctx, "deploy_profile.prove")}
        />
        <Panel title="Settings">
          {mayChange ? (
            <ProfileForm action={changeProfile.bind(null, slug)} profile={profile} />
          ) : (
            <SettingsList profile={profile} />
          )}
        </Panel>
        <Panel title="Used by">
          <UseList slug={slug} uses={profile.uses} />
        </Panel>
        {mayChange && (
          <RemoveProfile action={removeProfile.bind(null, slug)} profile={profile} inUse={profile.uses.length > 0} />
        )}
      </Stack>
    </>
  );
}

function Title({ profile }: { profile: DeployProfileView }) {
  return (
    <Group component="span" gap="xs">
      {profile.slug} <ProofBadge profile={profile} />
    </Group>
  );
}

function whereOf({ accountId, region }: DeployProfileView) {
  return (
    <>
      {accountId === null ? "No account yet" : <code>{accountId}</code>} in <code>{region}</code>
    </>
  );
}
