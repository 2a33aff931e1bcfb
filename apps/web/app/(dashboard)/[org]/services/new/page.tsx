import { listRepositories } from "@branchline/core/repositories/queries";
import { Box, Button } from "@mantine/core";
import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { Link } from "@/components/link";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { can, requireCtx } from "@/lib/ctx";
import { addService } from "./actions";
import { ServiceForm } from "./service-form";

export const metadata: Metadata = { title: "Add service" };

type Props = { params: Promise<{ org: string }> };

export default async function NewServicePage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const { slug, role } = ctx.organization;
  const repositories = (await listRepositories(ctx)).filter(({ removedAt }) => removedAt === null);
  return (
    <Box maw={860}>
      <PageHead
        title="Add a service"
        text="Services are found by themselves in the connected repositories. Add one by hand when its file is not there yet, or can't be read."
      />
      {!can(ctx, "service.create") ? (
        <RefusalNote message={`Adding a service needs the role developer; yours is ${role}.`} />
      ) : repositories.length === 0 ? (
        <Empty
          title="Connect a repository first"
          text="A service lives in a directory of a repository that the GitHub App may read."
        >
          <Button component={Link} href={`/${slug}/settings/github`}>
            Open the GitHub settings
          </Button>
        </Empty>
      ) : (
        <Panel title="Service">
          <ServiceForm
            action={addService.bind(null, slug)}
            repositories={repositories.map(({ repositoryId, fullName }) => ({ value: repositoryId, label: fullName }))}
          />
        </Panel>
      )}
    </Box>
  );
}
