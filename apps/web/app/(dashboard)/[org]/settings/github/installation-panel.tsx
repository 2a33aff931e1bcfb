import type { InstallationRow } from "@branchline/core/installations/queries";
import type { RepositoryRow } from "@branchline/core/repositories/queries";
import { Anchor, Badge, Text } from "@mantine/core";
import { Panel } from "@/components/panel";
import type { ActionState } from "@/lib/action-state";
import { RepositoryLine } from "./repository-line";

type Props = {
  installation: InstallationRow;
  /** All of the organization's; those of this installation are shown. */
  repositories: RepositoryRow[];
  slug: string;
  gitHubUrl: string;
  scanAgain: (state: ActionState, form: FormData) => Promise<ActionState>;
  mayScan: boolean;
};

export function InstallationPanel({ installation, repositories, slug, gitHubUrl, scanAgain, mayScan }: Props) {
  const own = new Set(installation.repositories.map(({ repositoryId }) => repositoryId));
  const rows = repositories.filter(({ repositoryId }) => own.has(repositoryId));
  return (
    <Panel
      title={
        <>
          {installation.accountLogin} <StateBadge installation={installation} />
        </>
      }
      text={stateText(installation)}
      aside={
        <Anchor href={manageUrl(installation, gitHubUrl)} size="sm">
          Choose repositories on GitHub
        </Anchor>
      }
    >
      {rows.length === 0 ? (
        <Text c="dimmed">
          {installation.syncedAt === null
            ? "The repositories are being read."
            : "The installation grants no repository."}
        </Text>
      ) : (
        <div>
          {rows.map((repository) => (
            <RepositoryLine
              key={repository.repositoryId}
              repository={repository}
              slug={slug}
              scanAgain={scanAgain}
              mayScan={mayScan && installation.deletedAt === null}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

function StateBadge({ installation }: { installation: InstallationRow }) {
  if (installation.deletedAt !== null)
    return (
      <Badge color="red" variant="light">
        Uninstalled
      </Badge>
    );
  if (installation.suspendedAt !== null)
    return (
      <Badge color="yellow" variant="light">
        Suspended
      </Badge>
    );
  if (installation.syncedAt === null)
    return (
      <Badge color="gray" variant="light">
        Being read
      </Badge>
    );
  return null;
}

function stateText({ deletedAt, suspendedAt }: InstallationRow): string {
  if (deletedAt !== null)
    return "The App was uninstalled from this account. Its services can't deploy until it is installed again.";
  if (suspendedAt !== null)
    return "The installation is suspended on GitHub. Its services can't deploy until it is resumed there.";
  return "A push to one of these repositories reaches Branchline.";
}

function manageUrl({ accountType, accountLogin, githubId }: InstallationRow, gitHubUrl: string): string {
  const owner = accountType === "Organization" ? `/organizations/${accountLogin}` : "";
  return `${gitHubUrl}${owner}/settings/installations/${githubId}`;
}
