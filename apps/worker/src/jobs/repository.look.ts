import { listHandledHeads } from "@branchline/core/branch-heads/handled";
import { claimLook, finishLook } from "@branchline/core/branch-heads/look";
import { newsOfHeads } from "@branchline/core/branch-heads/rules";
import { awaitsBranch } from "@branchline/core/branch-mappings/rules";
import { listPushedRepositories } from "@branchline/core/triggers/queries";
import type { Parts } from "../parts.ts";

const nothing = { found: [], seen: [], gone: [] };

/** Finds what was pushed to branches that deploy, and that no webhook told of. */
export async function repositoryLook(parts: Parts, { repositoryId }: { repositoryId: string }): Promise<void> {
  const { db, github } = parts;
  const look = await claimLook(db, repositoryId);
  if (look === null) return;
  const { githubId, seenAt } = look;
  const repository = (await listPushedRepositories(db, githubId)).find((known) => known.repositoryId === repositoryId);
  if (repository === undefined) return;
  const { services, installationGithubId, fullName } = repository;
  const at = parts.now();
  // Read before GitHub is asked: what is handled meanwhile is newer than the list.
  const handled = await listHandledHeads(db, repositoryId);
  const listed = await github.listHeads({ installationGithubId, githubId, fullName, etag: look.etag });
  if (listed === null) return;
  const isNew = listed.kind === "listed";
  const isAwaited = (branch: string) => awaitsBranch(services, branch, seenAt);
  const news = isNew ? newsOfHeads({ heads: listed.heads, handled, isAwaited }) : nothing;
  await finishLook(
    db,
    { repositoryId, githubId, installationGithubId },
    { at, etag: isNew ? listed.etag : look.etag, news },
  );
}
