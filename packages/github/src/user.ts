import type { Connection } from "./connection.ts";
import { findOnGithub, onGithub } from "./unavailable.ts";

export type AdministeredInstallation = {
  githubId: bigint;
  account: { githubId: bigint; login: string; type: "User" | "Organization" };
};

export type AsUser = {
  /** Null when the person does not see the installation, or does not administer its account. */
  findAdministeredInstallation(installationGithubId: bigint): Promise<AdministeredInstallation | null>;
  /** Verified addresses, lower case. */
  verifiedEmails(): Promise<string[]>;
};

const perPage = 100;

/** What a person who signed in may see and do on GitHub. */
export function asUser(connection: Connection, userToken: string): AsUser {
  const octokit = connection.user(userToken);

  async function findVisible(githubId: bigint): Promise<AdministeredInstallation | null> {
    for (let page = 1; ; page += 1) {
      const { data } = await octokit.request("GET /user/installations", { per_page: perPage, page });
      const found = data.installations.find((installation) => BigInt(installation.id) === githubId);
      if (found !== undefined) return accountOf(found);
      if (data.installations.length < perPage) return null;
    }
  }

  async function administers({ account }: AdministeredInstallation): Promise<boolean> {
    if (account.type === "User") {
      const { data } = await octokit.request("GET /user");
      return BigInt(data.id) === account.githubId;
    }
    const membership = await findOnGithub("read the membership", () =>
      octokit.request("GET /user/memberships/orgs/{org}", { org: account.login }),
    );
    return membership?.data.role === "admin" && membership.data.state === "active";
  }

  return {
    async findAdministeredInstallation(githubId) {
      const installation = await onGithub("list the person's installations", () => findVisible(githubId));
      if (installation === null) return null;
      return (await onGithub("read the person's rights", () => administers(installation))) ? installation : null;
    },
    async verifiedEmails() {
      const { data } = await onGithub("read the person's addresses", () => octokit.request("GET /user/emails"));
      return data.filter((row) => row.verified).map((row) => row.email.toLowerCase());
    },
  };
}

type Listed = { id: number; target_type: string; account: unknown };

function accountOf({ id, target_type, account }: Listed): AdministeredInstallation | null {
  const { id: accountId, login } = account as { id?: number; login?: string };
  if (accountId === undefined || login === undefined) return null;
  const type = target_type === "Organization" ? "Organization" : "User";
  return { githubId: BigInt(id), account: { githubId: BigInt(accountId), login, type } };
}
