import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGithub } from "@branchline/github";
import { createTail } from "@branchline/logs";
import { startApi } from "@branchline/testing/apps";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { type TestDatabase, testDatabase, testRedis } from "@branchline/testing/database";
import { type LocalGithub, localApp, startLocalGithub } from "@branchline/testing/github";
import { freePorts } from "@branchline/testing/ports";
import { cloneUrl, git } from "@branchline/testing/scene/git";
import { people } from "@branchline/testing/scene/people";
import { loadSecrets, type WorldSecrets } from "@branchline/testing/world-secrets";
import { pino } from "pino";
import type { Parts } from "../parts.ts";
import { createSeenHeads } from "../receive/seen-heads.ts";

/**
 * GitHub and the api as processes, and the worker's parts without its queue: what GitHub tells is stored, and a test
 * decides when it is handled. acme/shop is there, with the App.
 */
export async function startDoor(ownDatabase?: TestDatabase) {
  const directory = await mkdtemp(join(tmpdir(), "door-"));
  const [database, redis, secrets] = await Promise.all([
    ownDatabase ?? testDatabase(),
    testRedis(),
    loadSecrets(directory),
  ]);
  const ports = await freePorts({ github: 0, api: 0 });
  const apiUrl = `http://localhost:${ports.api}`;
  const environment = {
    ...baseEnvironment(),
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    API_URL: apiUrl,
    GITHUB_WEBHOOK_SECRET: secrets.webhookSecret,
  };
  const start = () => startApi({ logsDirectory: directory, environment: { api: environment } });
  const place = { directory: join(directory, "github"), port: ports.github, logFile: join(directory, "github.log") };
  const app = localApp(secrets);
  const [github, firstApi] = await Promise.all([
    startLocalGithub({ ...place, app, webUrl: "http://localhost:3000", apiUrl }),
    start(),
  ]);
  const tail = createTail(redis.url);
  let api = firstApi;
  const parts = partsOf(github, secrets, { db: database.db, tail });
  const clone = await seed(directory, github);
  return {
    parts,
    github,
    clone,
    apiUrl,
    webhookSecret: secrets.webhookSecret,
    db: database.db,
    /** Nobody answers what GitHub delivers. */
    stopApi: () => api.stop(),
    async startApi() {
      api = await start();
    },
    /** Moves a branch so that GitHub tells nobody. */
    moveSilently: (repositoryGithubId: bigint, branch: string, sha: string) =>
      git(join(directory, "github/git", `${repositoryGithubId}.git`), people.ada, [
        "update-ref",
        `refs/heads/${branch}`,
        sha,
      ]),
    async stop() {
      await Promise.all([api.stop(), github.stop(), tail.close()]);
      await Promise.all([database.close(), redis.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What receiving needs; a deployment can't run with them. */
function partsOf({ url, apiUrl }: LocalGithub, secrets: WorldSecrets, own: Pick<Parts, "db" | "tail">): Parts {
  const github = createGithub({ ...localApp(secrets), url, apiUrl, privateKey: secrets.appPrivateKey });
  const env = { GITHUB_URL: url, GITHUB_API_URL: apiUrl };
  const parts = {
    ...own,
    env,
    github,
    seenHeads: createSeenHeads(),
    doorbell: { ring: async () => undefined },
    log: pino({ level: "silent" }),
    now: () => new Date(),
  };
  return parts as unknown as Parts;
}

/** acme/shop with a first commit, the App on it, and Ada's clone. */
async function seed(directory: string, github: LocalGithub) {
  const { ada } = people;
  const account = await github.put("/users/ada", { name: ada.name, email: ada.email });
  await github.put("/organizations/acme", { name: "Acme", admins: ["ada"], members: [] });
  const repository = await github.put("/repositories/acme/shop", { private: true, defaultBranch: "main" });
  const clone = join(directory, "clone");
  const token = await github.token("ada");
  await git(directory, ada, ["clone", "--quiet", cloneUrl(github.url, token, "acme/shop"), clone]);
  const run = (...args: string[]) => git(clone, ada, args);
  // The first branch that is pushed is the default one, which can't be deleted. Without the App, nobody is told of it.
  await run("commit", "--quiet", "--allow-empty", "--message", "First");
  await run("push", "--quiet", "origin", "HEAD:refs/heads/main");
  const installation = await github.put("/installations/acme", { repositories: "all" });
  return {
    accountId: BigInt(String(account.id)),
    repositoryGithubId: BigInt(String(repository.id)),
    installationGithubId: BigInt(String(installation.id)),
    /** A commit on top of another one, or on nothing. */
    async commit(onto: string | null, text: string): Promise<string> {
      if (onto === null) await run("checkout", "--quiet", "--orphan", `from-${crypto.randomUUID()}`);
      else await run("checkout", "--quiet", "--detach", onto);
      await writeFile(join(clone, "text"), text);
      await run("add", "text");
      await run("commit", "--quiet", "--message", text);
      return run("rev-parse", "HEAD");
    },
    push: (sha: string, ...branches: string[]) =>
      run("push", "--quiet", "--force", "origin", ...branches.map((branch) => `${sha}:refs/heads/${branch}`)),
    remove: (branch: string) => run("push", "--quiet", "origin", `:refs/heads/${branch}`),
  };
}
