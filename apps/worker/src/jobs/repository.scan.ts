import { findRepository, type RepositoryFacts } from "@branchline/core/repositories/queries";
import { type FoundService, recordScan } from "@branchline/core/repositories/record-scan";
import { claimScan } from "@branchline/core/repositories/scan";
import { isServerlessFile, readServerlessFile, unreadFile } from "@branchline/core/repositories/serverless-file";
import { isRefusedByGithub } from "@branchline/github";
import { ctxOf, type Parts } from "../parts.ts";

/** Finds every serverless file on the default branch, and reads its names without running it. */
export async function repositoryScan(parts: Parts, { repositoryId }: { repositoryId: string }): Promise<void> {
  if (!(await claimScan(parts.db, repositoryId))) return;
  const repository = await findRepository(parts.db, repositoryId);
  if (repository === null) return;
  const scan = await scanOf(parts, repository).catch(refusedScan);
  await recordScan(ctxOf(parts, repository.organizationId), { repositoryId, ...scan });
  await parts.tail.publish(`org:${repository.organizationId}`, "repository");
}

type Scan = { sha: string | null; found: FoundService[]; problem: string | null };

async function scanOf({ github }: Parts, repository: RepositoryFacts): Promise<Scan> {
  if (repository.unreachableBecause !== null) return { sha: null, found: [], problem: repository.unreachableBecause };
  const { installationGithubId, githubId, fullName, defaultBranch } = repository;
  const source = { installationGithubId, githubId, fullName };
  const tree = await github.listFiles({ ...source, ref: defaultBranch });
  if (tree === null) return { sha: null, found: [], problem: `The branch ${defaultBranch} has no files yet.` };
  const found: FoundService[] = [];
  const read = async (path: string) => {
    const text = await github.readFile({ ...source, path, ref: tree.sha });
    return text === null ? null : readServerlessFile(path, text);
  };
  for (const { path, size } of tree.files.filter((file) => isServerlessFile(file.path))) {
    const names = unreadFile(path, size) ?? (await read(path));
    if (names !== null) found.push({ ...placeOf(path), ...names });
  }
  const problem = tree.truncated
    ? "GitHub lists only a part of this repository's files, so services may be missing."
    : null;
  return { sha: tree.sha, found, problem };
}

/** Asked again GitHub would say the same. */
function refusedScan(error: unknown): Scan {
  if (isRefusedByGithub(error)) return { sha: null, found: [], problem: `${error.message}.` };
  throw error;
}

function placeOf(path: string): { baseDirectory: string; configFile: string } {
  const slash = path.lastIndexOf("/");
  return { baseDirectory: path.slice(0, Math.max(slash, 0)), configFile: path.slice(slash + 1) };
}
