import type { Row } from "./collection.ts";

/** A person or an organization; logins are compared without case, as GitHub does. */
export interface Account extends Row {
  type: "User" | "Organization";
  login: string;
  name: string | null;
  email: string | null;
  createdAt: string;
}

export interface Membership extends Row {
  organizationId: number;
  userId: number;
  role: "admin" | "member";
}

export interface Repository extends Row {
  ownerId: number;
  name: string;
  private: boolean;
  defaultBranch: string;
  description: string | null;
  /** `owner/name` in lower case, as it was called before: such addresses redirect. */
  formerNames: string[];
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
}

export interface Installation extends Row {
  accountId: number;
  selection: "all" | "selected";
  /** Used when the selection is `selected`. */
  repositoryIds: number[];
  suspendedAt: string | null;
  suspendedById: number | null;
  createdAt: string;
  updatedAt: string;
}

export type Permissions = Record<string, "read" | "write">;

/** A secret is kept as its SHA-256 only. */
export interface Token extends Row {
  kind: "personal" | "user" | "refresh" | "installation";
  hash: string;
  userId: number | null;
  installationId: number | null;
  repositoryIds: number[] | null;
  permissions: Permissions | null;
  expiresAt: string | null;
}

export interface AuthorizationCode extends Row {
  hash: string;
  userId: number;
  redirectUri: string;
  codeChallenge: string | null;
  expiresAt: string;
}

export interface Session extends Row {
  hash: string;
  userId: number;
  expiresAt: string;
}

/** The person allowed the App to act for them; GitHub then no longer asks. */
export interface Grant extends Row {
  userId: number;
}

export interface PullRequest extends Row {
  repositoryId: number;
  number: number;
  title: string;
  body: string | null;
  headRef: string;
  baseRef: string;
  headSha: string;
  baseSha: string;
  state: "open" | "closed";
  authorId: number;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  mergedById: number | null;
  mergeCommitSha: string | null;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title?: string | undefined;
  raw_details?: string | undefined;
}

export interface CheckRun extends Row {
  repositoryId: number;
  headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  detailsUrl: string | null;
  externalId: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
}

export interface CommitStatus extends Row {
  repositoryId: number;
  sha: string;
  state: "error" | "failure" | "pending" | "success";
  context: string;
  description: string | null;
  targetUrl: string | null;
  creatorId: number | null;
  createdAt: string;
}

export interface Deployment extends Row {
  repositoryId: number;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  description: string | null;
  payload: unknown;
  transient: boolean;
  production: boolean;
  creatorId: number | null;
  createdAt: string;
  updatedAt: string;
}

export interface DeploymentStatus extends Row {
  deploymentId: number;
  state: string;
  description: string;
  environment: string;
  environmentUrl: string;
  logUrl: string;
  creatorId: number | null;
  createdAt: string;
}

export interface Delivery extends Row {
  guid: string;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  redelivery: boolean;
  deliveredAt: string;
  /** In seconds, as GitHub gives it. */
  duration: number;
  status: string;
  /** 0 until the receiver answered. */
  statusCode: number;
  requestHeaders: Record<string, string>;
  /** Exactly the signed bytes, as text. */
  requestBody: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
}
