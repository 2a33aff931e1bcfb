import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalGithub } from "../github.ts";
import { repositoryRoot } from "../paths.ts";
import { type Clone, cloneRepository } from "./clone.ts";
import { people } from "./people.ts";

/** The organization acme on GitHub, its monorepo of three services with `main` and `develop`, and the App on all of it. */
export async function seedShop(github: LocalGithub): Promise<{ installationGithubId: bigint; accountId: bigint }> {
  const organization = await seedRepository(github);
  const installation = await github.put("/installations/acme", { repositories: "all" });
  return { installationGithubId: BigInt(String(installation.id)), accountId: BigInt(String(organization.id)) };
}

/** The same without the App, for who wants to install it by hand. @returns the organization */
export async function seedRepository(github: LocalGithub): Promise<Record<string, unknown>> {
  const { ada, bo } = people;
  const organization = await github.put("/organizations/acme", {
    name: "Acme",
    admins: [ada.login],
    members: [bo.login],
  });
  await github.put("/repositories/acme/shop", {
    private: true,
    defaultBranch: "main",
    from: join(repositoryRoot, "examples/shop"),
    message: "The shop: orders, billing, reports",
    author: { name: ada.name, email: ada.email },
  });
  await createDevelop(github, await github.token(ada.login));
  return organization;
}

async function createDevelop(github: LocalGithub, token: string): Promise<void> {
  await inClone(github, token, async ({ run }) => {
    const branches = await run("ls-remote", "--heads", "origin", "develop");
    if (branches === "") await run("push", "--quiet", "origin", "main:develop");
  });
}

export type Merge = { pullRequest: number; sha: string; message: string };

/** Ada changes what orders answers, opens a pull request into `base`, and merges it on GitHub. */
export async function mergeNewMessage(github: LocalGithub, message: string, base: "develop" | "main"): Promise<Merge> {
  const token = await github.token(people.ada.login);
  const branch = `message-${Date.now().toString(36)}`;
  await inClone(github, token, async ({ directory, run }) => {
    await run("switch", "--quiet", "--create", branch, `origin/${base}`);
    await writeFile(join(directory, "orders/src/message.js"), `export const message = ${JSON.stringify(message)};\n`);
    await run("commit", "--quiet", "--all", "--message", "Orders says something new");
    await run("push", "--quiet", "origin", branch);
  });
  const pull = await github.rest(token, "POST", "/repos/acme/shop/pulls", {
    title: "Orders says something new",
    head: branch,
    base,
  });
  const number = Number(pull.number);
  const merged = await github.rest(token, "PUT", `/repos/acme/shop/pulls/${number}/merge`, {});
  return { pullRequest: number, sha: String(merged.sha), message };
}

async function inClone(github: LocalGithub, token: string, work: (clone: Clone) => Promise<void>): Promise<void> {
  const clone = await cloneRepository(github, token, "acme/shop");
  try {
    await work(clone);
  } finally {
    await clone.remove();
  }
}
