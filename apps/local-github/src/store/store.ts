import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Collection } from "./collection.ts";
import type {
  Account,
  AuthorizationCode,
  CheckRun,
  CommitStatus,
  Delivery,
  Deployment,
  DeploymentStatus,
  Grant,
  Installation,
  Membership,
  PullRequest,
  Repository,
  Session,
  Token,
} from "./records.ts";

export type Store = ReturnType<typeof openStore>;

/** Opens (or creates) everything that is remembered beside the git repositories. */
export function openStore(dataDir: string) {
  mkdirSync(join(dataDir, "git"), { recursive: true });
  const db = new DatabaseSync(join(dataDir, "github.sqlite"));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  return {
    accounts: new Collection<Account>(db, "accounts"),
    memberships: new Collection<Membership>(db, "memberships"),
    repositories: new Collection<Repository>(db, "repositories"),
    installations: new Collection<Installation>(db, "installations"),
    tokens: new Collection<Token>(db, "tokens"),
    codes: new Collection<AuthorizationCode>(db, "codes"),
    sessions: new Collection<Session>(db, "sessions"),
    grants: new Collection<Grant>(db, "grants"),
    pullRequests: new Collection<PullRequest>(db, "pull_requests"),
    checkRuns: new Collection<CheckRun>(db, "check_runs"),
    statuses: new Collection<CommitStatus>(db, "statuses"),
    deployments: new Collection<Deployment>(db, "deployments"),
    deploymentStatuses: new Collection<DeploymentStatus>(db, "deployment_statuses"),
    deliveries: new Collection<Delivery>(db, "deliveries"),
    close: () => db.close(),
  };
}
