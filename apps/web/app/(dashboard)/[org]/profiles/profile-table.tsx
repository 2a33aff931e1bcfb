import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Anchor, Table, TableTbody, TableTd, TableTh, TableThead, TableTr } from "@mantine/core";
import { Link } from "@/components/link";
import panel from "@/components/panel.module.css";
import { ProofBadge } from "./proof-badge";

type Props = { slug: string; profiles: (DeployProfileView & { uses: number })[] };

export function ProfileTable({ slug, profiles }: Props) {
  return (
    <div className={panel.scroll}>
      <Table highlightOnHover verticalSpacing={8}>
        <TableThead>
          <TableTr>
            <TableTh>Profile</TableTh>
            <TableTh>Account</TableTh>
            <TableTh>Region</TableTh>
            <TableTh>Branches</TableTh>
            <TableTh>Stages</TableTh>
            <TableTh>Used by</TableTh>
            <TableTh>Role</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {profiles.map((profile) => (
            <TableTr key={profile.slug}>
              <TableTd>
                <Anchor component={Link} href={`/${slug}/profiles/${profile.slug}`} fw={500}>
                  {profile.slug}
                </Anchor>
              </TableTd>
              <TableTd>{profile.accountId === null ? "Not known yet" : <code>{profile.accountId}</code>}</TableTd>
              <TableTd>
                <code>{profile.region}</code>
              </TableTd>
              <TableTd>
                {profile.allowedBranches.length === 0 ? (
                  "every branch"
                ) : (
                  <code>{profile.allowedBranches.join(", ")}</code>
                )}
              </TableTd>
              <TableTd>
                <code>{profile.stagePattern}</code>
              </TableTd>
              <TableTd>{profile.uses === 1 ? "1 branch deploy" : `${profile.uses} branch deploys`}</TableTd>
              <TableTd>
                <ProofBadge profile={profile} />
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </div>
  );
}
