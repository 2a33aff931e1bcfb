export type { CheckRunTarget } from "./check-runs.ts";
export type { CommitFacts } from "./commits.ts";
export { createGithub, type Github, type GithubOptions } from "./github.ts";
export { GithubUnavailable, isRefusedByGithub } from "./unavailable.ts";
export type { AdministeredInstallation } from "./user.ts";
export { listedChanges } from "./webhooks/listed-changes.ts";
export { type GithubEvent, parseWebhook, type UnfitWebhook } from "./webhooks/parse.ts";
export { verifySignature } from "./webhooks/signature.ts";
