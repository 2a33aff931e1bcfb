import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** Enough to come as far as the sandbox. */
const environment = {
  PATH: process.env.PATH,
  DATABASE_URL: "postgres://nowhere.invalid/branchline",
  REDIS_URL: "redis://nowhere.invalid",
  WEB_URL: "http://localhost:3000",
  GITHUB_APP_ID: "1",
  GITHUB_APP_SLUG: "branchline",
  GITHUB_APP_PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----",
  GITHUB_CLIENT_ID: "id",
  GITHUB_CLIENT_SECRET: "secret",
  SECRETS_IDENTITY: "AGE-SECRET-KEY-1",
  WORKER_DIR: "/nonexistent",
};

test.runIf(process.getuid?.() === 0)(
  "a worker does not start where a part of the sandbox is missing, and names it",
  async () => {
    const WORKER_BUILD_USERS = "4294967295-4294967295";
    const worker = spawn(process.execPath, [main], { env: { ...environment, WORKER_BUILD_USERS } });
    const [said, [code]] = await Promise.all([text(worker.stdout), once(worker, "close")]);
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      msg: expect.stringContaining("the worker does not start"),
      missing: [expect.stringMatching(/^builds can't run as a user of their own/)],
    });
  },
);
