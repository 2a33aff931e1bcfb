import { randomUUID } from "node:crypto";
import { connectInstallation } from "@branchline/core/installations/connect";
import { recordRepositories } from "@branchline/core/installations/sync";
import type { TestDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { until } from "@branchline/testing/until";
import { githubReceive } from "../jobs/github.receive.ts";
import { startDoor } from "./door.ts";

/** A branch of its own, from which the service deploys to a stage of its own. */
export const newBranch = () => `run/${randomUUID().slice(0, 8)}`;

/**
 * The service orders of acme/shop deploys every `run/*` and `every/*` on every push, reports every push to an `every/*`; a test handles each delivery by hand.
 */
export async function startPushes(ownDatabase?: TestDatabase) {
  const door = await startDoor(ownDatabase);
  const { clone, db, parts } = door;
  const given = givenIn(db);
  const acme = await given.organization();
  const { installationGithubId, accountId, repositoryGithubId: githubId } = clone;
  const account = { githubId: accountId, login: "acme", type: "Organization" } as const;
  const { installationId } = await connectInstallation(acme.ctx, { githubId: installationGithubId, account });
  const fullName = "acme/shop";
  await recordRepositories(acme.ctx, installationId, [{ githubId, fullName, private: true, defaultBranch: "main" }]);
  const { id: repositoryId } = await db.repository.findFirstOrThrow({ where: { installationId } });
  const repository = { installationId, installationGithubId, repositoryId, githubId, fullName };
  const every = { branch: "every/*", stage: `\${branch}` };
  const service = await given.service(acme, {
    repository,
    mappings: [{ branch: "run/*", stage: `\${branch}` }, every],
    alwaysDeploy: true,
  });
  await given.service(acme, {
    name: "reports",
    repository,
    mappings: [every],
    alwaysDeploy: true,
    everyCommit: true,
  });
  let branch = "";
  const delivery = (id: string) => db.webhookDelivery.findUniqueOrThrow({ where: { id } });

  /** The unhandled delivery of the push that left the branch at a commit, once GitHub has sent it. */
  function stored(of: string, after: string, but: string[] = []): Promise<string> {
    return until(`the delivery of ${after}`, 30_000, async () => {
      const rows = await db.webhookDelivery.findMany({
        where: {
          ...{ event: "push", source: "webhook", settledAt: null, id: { notIn: but } },
          AND: [{ body: { path: ["ref"], equals: `refs/heads/${of}` } }, { body: { path: ["after"], equals: after } }],
        },
      });
      return rows[0]?.id ?? null;
    });
  }

  return {
    door,
    service,
    organizationId: acme.organizationId,
    ctx: acme.ctx,
    delivery,
    stored,
    /** A new branch, which is meant from now on. */
    takeBranch(name = newBranch()): string {
      branch = name;
      return branch;
    },
    commit: (onto: string | null, text: string) => clone.commit(onto, `${text} ${branch}`),
    receive: (deliveryId: string) => githubReceive(parts, { deliveryId }),
    explanation: async (id: string) => (await delivery(id)).explanation,
    async push(sha: string): Promise<string> {
      await clone.push(sha, branch);
      return stored(branch, sha);
    },
    /** The commits that were queued for a branch, in order. */
    async deployed(from = branch, slug = "orders"): Promise<(string | null)[]> {
      const where = { organizationId: acme.organizationId, branch: from, service: { slug } };
      const rows = await db.deployment.findMany({ where, orderBy: { number: "asc" } });
      return rows.map((row) => row.commitSha);
    },
  };
}
