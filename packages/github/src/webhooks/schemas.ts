import { z } from "zod";

// Only what we read; GitHub adds fields whenever it likes.
const id = z.number().int().positive();
const sender = z.object({ login: z.string(), id, avatar_url: z.string().nullish() });
const installation = z.object({ id });
const repository = z.object({ id, full_name: z.string(), private: z.boolean(), default_branch: z.string().nullish() });
const granted = z.object({ id, full_name: z.string(), private: z.boolean() });
/** An enterprise has a slug and no login; an account that was deleted is null. */
const account = z
  .object({ id, login: z.string().optional(), slug: z.string().optional(), type: z.string().optional() })
  .nullable();
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

export const pushBody = z.object({
  ref: z.string().startsWith("refs/"),
  before: sha,
  after: sha,
  created: z.boolean(),
  deleted: z.boolean(),
  forced: z.boolean(),
  repository,
  pusher: z.object({ name: z.string().nullish() }),
  sender: sender.nullish(),
  installation: installation.nullish(),
  head_commit: z
    .object({
      id: sha,
      message: z.string(),
      timestamp: z.string(),
      author: z.object({ name: z.string(), username: z.string().nullish() }),
    })
    .nullable(),
});

export const installationBody = z.object({
  action: z.string(),
  installation: installation.extend({ account, app_id: id }),
  repositories: z.array(granted).nullish(),
  // The neighbouring event has the same shape and these in addition.
  repositories_added: z.undefined().optional(),
  sender,
});

export const installationRepositoriesBody = z.object({
  action: z.enum(["added", "removed"]),
  installation: installation.extend({ account }),
  repositories_added: z.array(granted),
  // GitHub promises their fields only when something was removed.
  repositories_removed: z.array(granted.partial()),
  sender,
});

const pullRepository = z.object({ id, full_name: z.string() });

export const pullRequestBody = z.object({
  action: z.string(),
  number: id,
  pull_request: z.object({
    // Null when the fork was deleted.
    head: z.object({ ref: z.string(), repo: pullRepository.nullable() }),
    base: z.object({ ref: z.string(), repo: pullRepository }),
  }),
  repository,
  installation: installation.nullish(),
});

/** What an event about a repository itself may speak of; any other event is about something in the repository. */
const ofRepository = new Set([
  "action",
  "repository",
  "sender",
  "installation",
  "organization",
  "enterprise",
  "changes",
]);

export const repositoryBody = z
  .looseObject({
    action: z.string(),
    repository,
    sender,
    installation: installation.nullish(),
  })
  .refine((body) => Object.keys(body).every((key) => ofRepository.has(key)), {
    error: "the body is about something in the repository",
  });

export const anyBody = z.object({ action: z.string().nullish() });
