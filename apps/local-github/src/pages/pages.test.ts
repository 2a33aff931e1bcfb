import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scene, startScene } from "../testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

describe("pages", () => {
  test("let a person without git change a file on a branch and open a pull request for it", async () => {
    const bo = await scene.browser("bo");
    const page = await (await bo("GET", "/acme/shop/edit/main/orders/serverless.yml")).text();
    const blob = /name="sha" value="([0-9a-f]{40})"/.exec(page)?.[1] ?? "";
    expect(page).toContain("service: orders");
    const form = new URLSearchParams({
      path: "orders/serverless.yml",
      sha: blob,
      text: "service: orders\r\nframeworkVersion: '4'\r\n",
      message: "Pin it",
      branch: "pin",
    });
    const saved = await bo("POST", "/acme/shop/edit/main", form);
    expect(saved.headers.get("location")).toBe("/acme/shop/compare?base=main&head=pin");
    const pushed = await scene.receiver.next((one) => one.event === "push" && one.body.ref === "refs/heads/pin");
    expect(pushed.body).toMatchObject({
      head_commit: { message: "Pin it", modified: ["orders/serverless.yml"], author: { username: "bo" } },
    });
    const opened = await bo(
      "POST",
      "/acme/shop/compare",
      new URLSearchParams({ base: "main", head: "pin", title: "Pin it", body: "" }),
    );
    expect(opened.headers.get("location")).toBe("/acme/shop/pull/1");
    const stale = await bo(
      "POST",
      "/acme/shop/edit/main",
      new URLSearchParams({ ...Object.fromEntries(form), branch: "pin" }),
    );
    expect(stale.status).toBe(409);
  });

  test("show a commit's checks with their links", async () => {
    const token = await scene.installationToken(scene.installationId);
    const branch = (await (await scene.rest("GET", "/repos/acme/shop/branches/main", token)).json()) as {
      commit: { sha: string };
    };
    const { sha } = branch.commit;
    await scene.rest("POST", "/repos/acme/shop/check-runs", token, {
      name: "orders → staging",
      head_sha: sha,
      conclusion: "success",
      details_url: "http://localhost:3000/acme/deployments/1",
      output: { title: "Deployed", summary: "<script>alert(1)</script>" },
    });
    const bo = await scene.browser("bo");
    const list = await (await bo("GET", "/acme/shop")).text();
    expect(list).toContain('href="http://localhost:3000/acme/deployments/1" title="orders → staging: success"');
    const commit = await (await bo("GET", `/acme/shop/commit/${sha}`)).text();
    expect(commit).toContain("✓ success");
    expect(commit).toContain("&lt;script&gt;");
    expect(commit).not.toContain("<script>");
  });

  test("hide what a person may not see", async () => {
    const eve = await scene.browser("eve");
    for (const path of [
      "/acme/shop",
      "/acme/shop/tree/main",
      "/acme/shop/commit/main",
      "/acme/shop/blob/main/README.md",
    ]) {
      expect([path, (await eve("GET", path)).status]).toEqual([path, 404]);
    }
    expect(await (await eve("GET", "/")).text()).not.toContain("acme/shop");
  });

  test("answer each of their addresses", async () => {
    const ada = await scene.browser("ada");
    const paths = [
      "/",
      "/login",
      "/acme/shop",
      "/acme/shop?branch=nothing",
      "/acme/shop/tree/main",
      "/acme/shop/tree/main/orders",
      "/acme/shop/blob/main/README.md",
      "/acme/shop/raw/main/README.md",
      "/acme/shop/new/main",
      "/acme/shop/compare",
      "/settings/apps/branchline/advanced",
      `/organizations/acme/settings/installations/${scene.installationId}`,
      "/apps/branchline/installations/new?target=ada",
      "/assets/style.css",
      "/assets/live.js",
      "/avatars/ada.svg",
      "/healthz",
    ];
    for (const path of paths) expect([path, (await ada("GET", path)).status]).toEqual([path, 200]);
    expect((await ada("GET", "/acme/nothing")).status).toBe(404);
  });
});
