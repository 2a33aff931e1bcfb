import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { startLocalGithub } from "./server.ts";
import { appJwt, startScene } from "./testing/scene.ts";

describe("a local GitHub", () => {
  test("remembers everything over a restart", async () => {
    const scene = await startScene();
    const token = await scene.tokenOf("bo");
    const clone = await scene.git.clone("acme/shop", token);
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/kept");
    await scene.stopGithub();
    const second = await startLocalGithub(scene.options);
    try {
      const answer = await fetch(`${second.url}/api/v3/repos/acme/shop/branches/kept`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([answer.status, ((await answer.json()) as { name: string }).name]).toEqual([200, "kept"]);
    } finally {
      await second.stop();
      await scene.stop();
    }
  });

  test("lists a delivery that was never answered as failed after a restart", async () => {
    const scene = await startScene();
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const webhookUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    await scene.stopGithub();
    const options = { ...scene.options, app: { ...scene.options.app, webhookUrl } };
    const second = await startLocalGithub(options);
    const asked = once(silent, "request");
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ repositories: "all" });
    await fetch(`${second.url}/_local/installations/acme`, { method: "PUT", headers, body });
    await asked;
    await second.stop();
    const third = await startLocalGithub(options);
    try {
      const authorization = `Bearer ${await appJwt()}`;
      const answer = await fetch(`${third.url}/api/v3/app/hook/deliveries?per_page=1`, { headers: { authorization } });
      expect(await answer.json()).toMatchObject([{ event: "installation_repositories", status_code: 502 }]);
    } finally {
      await third.stop();
      silent.close();
      silent.closeAllConnections();
      await scene.stop();
    }
  });

  test("does nothing twice when it is seeded twice", async () => {
    const scene = await startScene();
    try {
      const again = await scene.local("PUT", "/repositories/acme/shop", {
        from: join(scene.folder, "shop"),
        author: "ada",
      });
      expect(again.id).toBe(scene.shopId);
      const answer = await scene.rest("GET", "/repos/acme/shop/commits", await scene.tokenOf("bo"));
      expect(await answer.json()).toHaveLength(1);
      const installation = await scene.local("PUT", "/installations/acme", { repositories: ["shop"] });
      expect(installation.id).toBe(scene.installationId);
    } finally {
      await scene.stop();
    }
  });

  test("says when it listens, and ends by itself when it is asked to", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "local-github-main-"));
    const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
    const child = execa(process.execPath, [join(import.meta.dirname, "main.ts")], {
      reject: false,
      env: {
        PORT: "0",
        DATA_DIR: dataDir,
        APP_ID: "7",
        APP_SLUG: "branchline",
        APP_PUBLIC_KEY: key.toString().replaceAll("\n", "\\n"),
        CLIENT_ID: "Iv1.x",
        CLIENT_SECRET: "x",
        WEBHOOK_URL: "http://127.0.0.1:9/webhooks/github",
        WEBHOOK_SECRET: "x",
        CALLBACK_URLS: "http://localhost:3000/callback",
        SETUP_URL: "http://localhost:3000/setup",
      },
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const url = /^listening on (http:\/\/localhost:\d+)\n$/.exec(line.toString())?.[1];
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await child).exitCode).toBe(0);
    await rm(dataDir, { recursive: true });
  });

  test("names what is wrong with its environment", async () => {
    const result = await execa(process.execPath, [join(import.meta.dirname, "main.ts")], {
      reject: false,
      env: { PORT: "x", CALLBACK_URLS: "nonsense" },
    });
    expect(result.exitCode).toBe(1);
    for (const name of ["PORT", "DATA_DIR", "APP_PUBLIC_KEY", "WEBHOOK_SECRET", "CALLBACK_URLS"]) {
      expect(result.stderr).toContain(name);
    }
  });
});
