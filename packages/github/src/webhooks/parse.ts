import type { z } from "zod";
import {
  anyBody,
  installationBody,
  installationRepositoriesBody,
  pullRequestBody,
  pushBody,
  repositoryBody,
} from "./schemas.ts";

/** Of a push, GitHub may know no more than a name. */
export type Sender = { login: string; githubId: bigint | null; avatarUrl: string | null };
export type GrantedByEvent = { githubId: bigint; fullName: string; private: boolean };

export type GithubEvent =
  | {
      kind: "push";
      repositoryGithubId: bigint;
      installationGithubId: bigint | null;
      fullName: string;
      ref: string;
      /** Null for a tag. */
      branch: string | null;
      before: string;
      after: string;
      created: boolean;
      deleted: boolean;
      forced: boolean;
      headCommit: { sha: string; message: string; authorName: string; authorLogin: string | null } | null;
      sender: Sender;
    }
  | {
      kind: "installation";
      action: string;
      installationGithubId: bigint;
      account: { githubId: bigint; login: string; type: string };
      sender: Sender;
    }
  | {
      kind: "installation_repositories";
      action: "added" | "removed";
      installationGithubId: bigint;
      account: { githubId: bigint; login: string; type: string };
      added: GrantedByEvent[];
      removed: GrantedByEvent[];
      sender: Sender;
    }
  | {
      kind: "repository";
      action: string;
      repositoryGithubId: bigint;
      fullName: string;
      defaultBranch: string;
      private: boolean;
    }
  | {
      kind: "pull_request";
      number: number;
      base: { githubId: bigint; fullName: string };
      /** Null when it is gone. */
      head: { githubId: bigint; fullName: string } | null;
    }
  | { kind: "ping" }
  | { kind: "other"; event: string };

export type UnfitWebhook = { kind: "unfit"; problem: string };

/** The event's name is not covered by the signature, so the body must fit it. */
export function parseWebhook(event: string, body: unknown): GithubEvent | UnfitWebhook {
  switch (event) {
    case "push":
      return fitted(pushBody, body, pushOf);
    case "installation":
      return fitted(installationBody, body, installationOf);
    case "installation_repositories":
      return fitted(installationRepositoriesBody, body, installationRepositoriesOf);
    case "pull_request":
      return fitted(pullRequestBody, body, pullRequestOf);
    case "repository":
      return fitted(repositoryBody, body, repositoryOf);
    case "ping":
      return fitted(anyBody, body, () => ({ kind: "ping" }));
    default:
      return otherOf(event, body);
  }
}

/** A push under another name is somebody's replay. */
function otherOf(event: string, body: unknown): GithubEvent | UnfitWebhook {
  if (pushBody.safeParse(body).success) return { kind: "unfit", problem: "the body is that of a push" };
  return fitted(anyBody, body, () => ({ kind: "other", event }));
}

function fitted<Body>(
  schema: z.ZodType<Body>,
  body: unknown,
  read: (body: Body) => GithubEvent,
): GithubEvent | UnfitWebhook {
  const parsed = schema.safeParse(body);
  if (parsed.success) return read(parsed.data);
  const [issue] = parsed.error.issues;
  return { kind: "unfit", problem: `${issue?.path.join(".") || "the body"}: ${issue?.message ?? "does not fit"}` };
}

const branchPrefix = "refs/heads/";

function pushOf(body: z.infer<typeof pushBody>): GithubEvent {
  const { ref, before, after, created, deleted, forced, repository, head_commit: head } = body;
  const headCommit = head && {
    sha: head.id,
    message: head.message,
    authorName: head.author.name,
    authorLogin: head.author.username ?? null,
  };
  return {
    kind: "push",
    repositoryGithubId: BigInt(repository.id),
    installationGithubId: body.installation ? BigInt(body.installation.id) : null,
    fullName: repository.full_name,
    branch: ref.startsWith(branchPrefix) ? ref.slice(branchPrefix.length) : null,
    headCommit,
    sender: body.sender
      ? senderOf(body.sender)
      : { login: body.pusher.name ?? head?.author.name ?? "somebody", githubId: null, avatarUrl: null },
    ...{ ref, before, after, created, deleted, forced },
  };
}

function installationOf({ action, installation, sender }: z.infer<typeof installationBody>): GithubEvent {
  const account = accountOf(installation.account);
  if (account === null) return { kind: "other", event: "installation" };
  return {
    kind: "installation",
    action,
    installationGithubId: BigInt(installation.id),
    account,
    sender: senderOf(sender),
  };
}

function installationRepositoriesOf(body: z.infer<typeof installationRepositoriesBody>): GithubEvent {
  const account = accountOf(body.installation.account);
  if (account === null) return { kind: "other", event: "installation_repositories" };
  return {
    kind: "installation_repositories",
    action: body.action,
    installationGithubId: BigInt(body.installation.id),
    account,
    added: body.repositories_added.flatMap(grantedOf),
    removed: body.repositories_removed.flatMap(grantedOf),
    sender: senderOf(body.sender),
  };
}

function pullRequestOf({ number, pull_request: { base, head } }: z.infer<typeof pullRequestBody>): GithubEvent {
  const placeOf = ({ id, full_name }: { id: number; full_name: string }) => ({
    githubId: BigInt(id),
    fullName: full_name,
  });
  return { kind: "pull_request", number, base: placeOf(base.repo), head: head.repo && placeOf(head.repo) };
}

function repositoryOf({ action, repository }: z.infer<typeof repositoryBody>): GithubEvent {
  return {
    kind: "repository",
    action,
    repositoryGithubId: BigInt(repository.id),
    fullName: repository.full_name,
    defaultBranch: repository.default_branch ?? "main",
    private: repository.private,
  };
}

function senderOf(sender: { login: string; id: number; avatar_url?: string | null | undefined }): Sender {
  return { login: sender.login, githubId: BigInt(sender.id), avatarUrl: sender.avatar_url ?? null };
}

function accountOf(account: z.infer<typeof installationBody>["installation"]["account"]) {
  const login = account?.login ?? account?.slug;
  if (account === null || login === undefined) return null;
  return { githubId: BigInt(account.id), login, type: account.type ?? "Enterprise" };
}

type Granted = z.infer<typeof installationRepositoriesBody>["repositories_removed"][number];

function grantedOf({ id, full_name, private: isPrivate }: Granted): GrantedByEvent[] {
  if (id === undefined || full_name === undefined) return [];
  return [{ githubId: BigInt(id), fullName: full_name, private: isPrivate ?? true }];
}
