import type { Mutation } from "./mutation.ts";

const strain = "apps/web/e2e/strain.test.ts";
const strangers = "apps/web/e2e/strangers.test.ts";

export const web: readonly Mutation[] = [
  {
    row: "threat 8",
    file: "packages/github/src/user.ts",
    from: 'return membership?.data.role === "admin" && membership.data.state === "active";',
    to: "return membership !== null;",
    test: strangers,
    title: "threat 8: an installation of somebody else's, brought back from GitHub",
  },
  {
    row: "threat 9",
    file: "packages/core/src/organizations/queries.ts",
    from: "where: { userId, organization: { slug } },",
    to: "where: { organization: { slug } },",
    test: strangers,
    title: "threat 9: an address of another organization",
  },
  {
    row: "threat 39",
    file: "apps/web/lib/limits.ts",
    from: "  return user;",
    to: '  return user ?? ({ userId: (await (await import("./db")).db().member.findFirstOrThrow()).userId } as SignedIn);',
    test: strangers,
    title: "threat 39: an address without a session",
  },
  {
    row: "threat 40",
    file: "apps/web/proxy.ts",
    from: 'headers.get("origin") === new URL(env().WEB_URL).origin;',
    to: 'headers.get("origin") !== "";',
    test: strangers,
    title: "threat 40: an action that another site's page sends",
  },
  {
    row: "fault 16",
    file: "apps/web/lib/limits.ts",
    from: "if (others >= openMax) throw",
    to: "if (others > 1_000) throw",
    test: strain,
    title: "fault 16: who has too many live pages open is told so by the next one",
  },
  {
    row: "fault 16",
    file: "apps/web/lib/live/live-channel.ts",
    from: "if (refusal === null) return open();",
    to: "if (refusal === null) return;",
    test: strain,
    title: "fault 16: who has too many live pages open is told so by the next one",
  },
  {
    row: "fault 16",
    file: "apps/web/lib/limits.ts",
    from: "const asker = user?.userId ??",
    to: "const asker = crypto.randomUUID() ??",
    test: strain,
    title: "fault 16: %s that asks too often is told how long to wait",
  },
  {
    row: "fault 16",
    file: "apps/web/lib/action.ts",
    from: 'await findLimitedSession("action");',
    to: "",
    test: strain,
    title: "fault 16: who asks for too many changes is told by the form",
  },
  {
    row: "fault 13",
    file: "packages/db/src/patient.ts",
    from: "if (!isAway(error) || changes.test(operation)) throw error;",
    to: "if (error !== null || changes.test(operation)) throw error;",
    test: strain,
    title: "fault 13: a page waits while Postgres restarts",
  },
  {
    row: "fault 13",
    file: "apps/web/components/use-page-error.ts",
    from: "const timer = setInterval(retry, retryEveryMs);",
    to: "const timer = setInterval(() => undefined, retryEveryMs);",
    test: strain,
    title: "fault 13: a page without a database says so and comes back by itself",
  },
];
