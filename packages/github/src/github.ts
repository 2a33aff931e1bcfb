import { createCheckRun, updateCheckRun } from "./check-runs.ts";
import { findBranchHead, findCommit } from "./commits.ts";
import { countCommitsBetween } from "./compare.ts";
import { type Connection, connect, type GithubOptions } from "./connection.ts";
import { findHead, listHeads } from "./heads.ts";
import { listFailedAttempts, redeliver } from "./hook-deliveries.ts";
import { findInstallation } from "./installations.ts";
import { checkoutToken, listFiles, listInstallationRepositories, readFile } from "./repositories.ts";
import { together } from "./together.ts";
import { asUser } from "./user.ts";

export type { GithubOptions } from "./connection.ts";
export type Github = ReturnType<typeof createGithub>;

/** GitHub as our App sees it. GitHub Enterprise Server differs by its two addresses alone. */
export function createGithub(options: GithubOptions) {
  const connection: Connection = connect(options);
  type Rest<Call> = Call extends (connection: Connection, ...rest: infer Arguments) => infer Result
    ? (...rest: Arguments) => Result
    : never;
  const bound = <Call extends (connection: Connection, ...rest: never[]) => unknown>(call: Call) =>
    ((...rest: never[]) => call(connection, ...rest)) as Rest<Call>;
  return {
    findInstallation: bound(findInstallation),
    listInstallationRepositories: bound(listInstallationRepositories),
    checkoutToken: bound(checkoutToken),
    listFiles: bound(listFiles),
    readFile: bound(readFile),
    findBranchHead: bound(findBranchHead),
    /** A storm of pushes asks where its branch is once for many. */
    findHead: together(
      ({ installationGithubId, githubId, branch }) => `${installationGithubId} ${githubId} ${branch}`,
      bound(findHead),
    ),
    findCommit: bound(findCommit),
    listHeads: bound(listHeads),
    listFailedAttempts: bound(listFailedAttempts),
    redeliver: bound(redeliver),
    countCommitsBetween: bound(countCommitsBetween),
    createCheckRun: bound(createCheckRun),
    updateCheckRun: bound(updateCheckRun),
    asUser: bound(asUser),
    /** Where a person installs the App; GitHub hands the state back. */
    installUrl: (state: string) =>
      `${options.url}/apps/${options.slug}/installations/new?state=${encodeURIComponent(state)}`,
  };
}
