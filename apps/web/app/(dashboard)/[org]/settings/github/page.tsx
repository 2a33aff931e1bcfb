import { listInstallations } from "@branchline/core/installations/queries";
import { listRepositories } from "@branchline/core/repositories/queries";
import { IconBrandGithub } from "@tabler/icons-react";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { RefreshWhile } from "@/components/refresh-while";
import { SubmitButton } from "@/components/submit-button";
import { env } from "@/env";
import { can, requireCtx } from "@/lib/ctx";
import { connectGitHub, scanAgain } from "./actions";
import { InstallationPanel } from "./installation-panel";

export const metadata: Metadata = { title: "GitHub" };

type Props = { params: Promise<{ org: string }> };

export default async function GitHubPage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const { slug } = ctx.organization;
  const [installations, repositories] = await Promise.all([listInstallations(ctx), listRepositories(ctx)]);
  const mayConnect = can(ctx, "installation.connect");
  const due = (row: { syncedAt: Date | null }) => row.syncedAt === null;
  const unscanned = repositories.some((repository) => repository.scannedAt === null && repository.removedAt === null);
  const connect = (label: string) => (
    <form action={connectGitHub.bind(null, slug)}>
      <SubmitButton disabled={!mayConnect} leftSection={<IconBrandGithub size={16} aria-hidden />}>
        {label}
      </SubmitButton>
    </form>
  );
  return (
    <>
      <RefreshWhile active={installations.some(due) || unscanned} />
      <PageHead
        title="GitHub"
        text="Branchline reads the repositories that its GitHub App is installed on, and no others."
      >
        {installations.length > 0 && connect("Connect another account")}
      </PageHead>
      {installations.length === 0 ? (
        <Empty
          title="Connect GitHub"
          text={
            mayConnect
              ? "Install the GitHub App on the account that holds your services and choose its repositories. Each serverless.yml in them becomes a service."
              : `Connecting GitHub needs the role admin; yours is ${ctx.organization.role}. Ask an admin of this organization.`
          }
        >
          {connect("Connect GitHub")}
        </Empty>
      ) : (
        installations.map((installation) => (
          <InstallationPanel
            key={installation.installationId}
            installation={installation}
            repositories={repositories}
            slug={slug}
            gitHubUrl={env().GITHUB_URL}
            scanAgain={scanAgain.bind(null, slug)}
            mayScan={can(ctx, "repository.scan")}
          />
        ))
      )}
    </>
  );
}
