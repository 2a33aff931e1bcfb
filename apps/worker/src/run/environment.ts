import type { Work } from "@branchline/core/deployments/work";

/** The variables that every build sees; the SERVERLESS_* are those of Serverless Framework Pro's CI/CD. */
export function buildEnvironment(work: Work): Record<string, string> {
  const { commit, repository } = work;
  return {
    CI: "true",
    SERVERLESS_CI_CD: "true",
    SERVERLESS_REPO: repository.fullName,
    SERVERLESS_BRANCH: work.branch,
    SERVERLESS_PULL_REQUEST: "",
    SERVERLESS_COMMIT_USER: commit?.author ?? "",
    SERVERLESS_COMMIT_SHA: commit?.sha ?? "",
    SERVERLESS_COMMIT_MSG: commit?.message ?? "",
    SERVERLESS_DEPLOY_TYPE: "branch",
    SERVERLESS_ROOT_PATH: work.baseDirectory,
    SERVERLESS_BUILD_ID: work.deploymentId,
  };
}
