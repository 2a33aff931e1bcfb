export const deploymentReasons = [
  "superseded",
  "cancelled_by_person",
  "profile_unproven",
  "branch_not_allowed",
  "stage_not_allowed",
  "repository_removed",
  "commit_gone",
  "commit_not_on_branch",
  "checkout_failed",
  "config_missing",
  "config_unreadable",
  "cli_unsupported",
  "install_failed",
  "tests_failed",
  "package_failed",
  "role_denied",
  "permission_missing",
  "wrong_account",
  "wrong_region",
  "aws_unavailable",
  "deploy_failed",
  "stack_failed",
  "stack_unknown",
  "stack_busy",
  "stack_blocked",
  "no_changes",
  "timed_out",
  "out_of_memory",
  "too_many_processes",
  "disk_full",
  "file_too_large",
  "github_unavailable",
  "worker_lost",
  "parameters_unreadable",
  "internal",
] as const;
export type DeploymentReason = (typeof deploymentReasons)[number];

/** What it means, and what to do next. */
export type Explanation = { sentence: string; next: string | null };

const texts: Record<DeploymentReason, Explanation> = {
  superseded: { sentence: "A newer deployment of this service to this stage was queued.", next: null },
  cancelled_by_person: { sentence: "Somebody cancelled it.", next: "Redeploy the commit when it is wanted after all." },
  profile_unproven: {
    sentence: "After it had begun, its deploy profile was not proven any more.",
    next: "Open the profile and choose Test this role; then deploy again.",
  },
  branch_not_allowed: {
    sentence: "The deploy profile does not allow this branch.",
    next: "Add the branch to the profile's allowed branches, or map the branch to another profile.",
  },
  stage_not_allowed: {
    sentence: "The deploy profile does not allow this stage.",
    next: "Change the profile's stage pattern, or map the branch to another profile.",
  },
  repository_removed: {
    sentence: "The GitHub App no longer has access to the repository.",
    next: "Grant the App the repository again on GitHub.",
  },
  commit_gone: {
    sentence: "The commit is not in the repository.",
    next: "Deploy the branch's head, or another commit of it.",
  },
  commit_not_on_branch: {
    sentence: "The commit is not on the branch.",
    next: "Name a commit of this branch, or merge it into the branch first.",
  },
  checkout_failed: { sentence: "The commit could not be checked out.", next: "Read the log; deploy again." },
  config_missing: {
    sentence: "There is no serverless.yml in the base directory.",
    next: "Correct the base directory in the CI/CD settings.",
  },
  config_unreadable: { sentence: "serverless.yml could not be parsed.", next: "Correct the file and push." },
  cli_unsupported: {
    sentence: "The service pins a CLI that can't run here.",
    next: "Pin osls 4 or serverless 3 in package.json and push.",
  },
  install_failed: {
    sentence: "The installation of the dependencies failed.",
    next: "Read the log from its failing line.",
  },
  tests_failed: { sentence: "The tests failed, so nothing was deployed.", next: "Correct the tests and push." },
  package_failed: { sentence: "The service could not be packaged.", next: "Read the log from its failing line." },
  role_denied: {
    sentence: "AWS refused to let us assume the profile's role.",
    next: "Open the profile, compare the trust policy, and choose Test this role; then deploy again.",
  },
  permission_missing: {
    sentence: "The profile's role lacks a permission that a deployment needs.",
    next: "Allow the role what AWS refused, then deploy again.",
  },
  wrong_account: {
    sentence: "The role belongs to another account than the profile says.",
    next: "Correct the role ARN of the profile.",
  },
  wrong_region: {
    sentence: "The service deploys to another region than the profile says.",
    next: "Give the branch a profile of that region, or remove the region from the service's plugins.",
  },
  aws_unavailable: {
    sentence: "AWS did not answer for hours, and was not touched.",
    next: "Deploy again when AWS answers.",
  },
  deploy_failed: {
    sentence: "serverless deploy failed before it changed the stack.",
    next: "Read the log from its failing line.",
  },
  stack_failed: {
    sentence: "CloudFormation could not make the change and rolled it back.",
    next: "Read the failed resource's reason.",
  },
  stack_unknown: {
    sentence: "The stack's state could not be read.",
    next: "Look at the stack in AWS; test the profile's role.",
  },
  stack_busy: {
    sentence: "Somebody else's change of the stack did not come to an end.",
    next: "Look at the stack in AWS; deploy again when it is at rest.",
  },
  stack_blocked: {
    sentence: "The stack is in a state that can't be deployed to.",
    next: "Repair the stack, or deploy again when it has been repaired.",
  },
  no_changes: { sentence: "Nothing had changed, so AWS was left as it was.", next: null },
  timed_out: { sentence: "A time limit was reached.", next: "Read the log's end to see what hung." },
  out_of_memory: {
    sentence: "The build needed more memory than it may have.",
    next: "Let it do less at once, such as fewer test workers.",
  },
  too_many_processes: {
    sentence: "The build started more processes than it may have.",
    next: "Let it do less at once; read the log for what it started.",
  },
  disk_full: {
    sentence: "The build took more disk than there is for it.",
    next: "Read the log for what it wrote; deploy again.",
  },
  file_too_large: {
    sentence: "The build wrote a file that is larger than it may be.",
    next: "Read the log for what it wrote.",
  },
  github_unavailable: { sentence: "GitHub did not answer for hours.", next: "Deploy again when it does." },
  worker_lost: {
    sentence: "Two workers were lost while they ran it; AWS was not touched.",
    next: "Deploy again; when it happens again, look at what the build does to its machine.",
  },
  parameters_unreadable: {
    sentence: "The parameters could not be opened.",
    next: "Set the parameters of this service again; they may be sealed for an earlier identity.",
  },
  internal: { sentence: "Branchline itself failed.", next: "Deploy again; the operators have been told." },
};

/** A reason in words; its detail, where there is one, is the more exact sentence. */
export function explain(reason: DeploymentReason): Explanation {
  return texts[reason];
}
