import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Anchor } from "@mantine/core";
import { Link } from "@/components/link";
import { RowTable } from "@/components/row-table";
import { rowLink } from "@/lib/live/row-link";
import { ProofBadge } from "./proof-badge";

type Profile = DeployProfileView & { uses: number };

const columns = ["Profile", "Account", "Region", "Branches", "Stages", "Used by", "Role"];

export function ProfileTable({ slug, profiles }: { slug: string; profiles: Profile[] }) {
  const rows = profiles.map((profile) => ({ key: profile.slug, cells: cellsOf(slug, profile) }));
  return <RowTable columns={columns} rows={rows} />;
}

function cellsOf(slug: string, profile: Profile) {
  const { accountId, region, allowedBranches, stagePattern, uses } = profile;
  return [
    <Anchor key="profile" component={Link} href={`/${slug}/profiles/${profile.slug}`} fw={500} {...rowLink}>
      {profile.slug}
    </Anchor>,
    accountId === null ? "Not known yet" : <code key="account">{accountId}</code>,
    <code key="region">{region}</code>,
    allowedBranches.length === 0 ? "every branch" : <code key="branches">{allowedBranches.join(", ")}</code>,
    stagePattern === "*" ? "every stage" : <code key="stages">{stagePattern}</code>,
    uses === 1 ? "1 branch deploy" : `${uses} branch deploys`,
    <ProofBadge key="role" profile={profile} />,
  ];
}
