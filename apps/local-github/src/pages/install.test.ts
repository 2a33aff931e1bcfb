import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Json, type Scene, SETUP, startScene } from "../testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const next = (event: string, action: string) =>
  scene.receiver.next((one) => one.event === event && one.body.action === action);

describe("installing the App", () => {
  test("offers the accounts that the person administers, installs, and goes to the setup address", async () => {
    await scene.local("PUT", "/organizations/globex", { admins: ["ada"], members: ["bo"] });
    const repository = await scene.local("PUT", "/repositories/globex/site", {});
    const bo = await (await (await scene.browser("bo"))("GET", "/apps/branchline/installations/new")).text();
    expect(bo).not.toContain("globex");
    const ada = await scene.browser("ada");
    const page = await (await ada("GET", "/apps/branchline/installations/new?state=s1")).text();
    expect(page).toContain("/apps/branchline/installations/new?target=globex&amp;state=s1");
    const form = new URLSearchParams({
      account: "globex",
      state: "s1",
      selection: "selected",
      repository: String(repository.id),
    });
    const answer = await ada("POST", "/apps/branchline/installations", form);
    const url = new URL(answer.headers.get("location") ?? "");
    expect([answer.status, url.origin + url.pathname]).toEqual([302, SETUP]);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ setup_action: "install", state: "s1" });
    const { body } = await scene.receiver.next(
      (one) =>
        one.event === "installation" &&
        (one.body.installation as Json).id === Number(url.searchParams.get("installation_id")),
    );
    expect(body).toMatchObject({
      action: "created",
      installation: { account: { login: "globex" }, repository_selection: "selected" },
      repositories: [{ full_name: "globex/site" }],
      sender: { login: "ada" },
    });
  });

  test("is not for members who do not administer", async () => {
    const bo = await scene.browser("bo");
    const form = new URLSearchParams({ account: "acme", selection: "all" });
    expect((await bo("POST", "/apps/branchline/installations", form)).status).toBe(404);
    expect((await bo("GET", `/organizations/acme/settings/installations/${scene.installationId}`)).status).toBe(404);
  });

  test("can be changed: repositories come and go, and the App hears which", async () => {
    const ada = await scene.browser("ada");
    const path = `/organizations/acme/settings/installations/${scene.installationId}`;
    const save = (ids: number[]) => {
      const form = new URLSearchParams({ action: "save", selection: "selected" });
      for (const id of ids) form.append("repository", String(id));
      return ada("POST", path, form);
    };
    await save([scene.shopId, scene.secretId]);
    expect((await next("installation_repositories", "added")).body).toMatchObject({
      repositories_added: [{ full_name: "acme/secret" }],
      repositories_removed: [],
    });
    await save([scene.secretId]);
    expect((await next("installation_repositories", "removed")).body).toMatchObject({
      repositories_added: [],
      repositories_removed: [{ full_name: "acme/shop" }],
    });
    expect((await save([])).status).toBe(422);
    await save([scene.shopId]);
  });

  test("can be suspended: its tokens stop, and pushes are not told", async () => {
    const token = await scene.installationToken(scene.installationId);
    const ada = await scene.browser("ada");
    const path = `/organizations/acme/settings/installations/${scene.installationId}`;
    await ada("POST", path, new URLSearchParams({ action: "suspend" }));
    await next("installation", "suspend");
    const answer = await scene.rest("GET", "/repos/acme/shop", token);
    expect([answer.status, ((await answer.json()) as Json).message]).toEqual([
      403,
      "This installation has been suspended",
    ]);
    const clone = await scene.git.clone("acme/shop", await scene.tokenOf("ada"));
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/while-suspended");
    await ada("POST", path, new URLSearchParams({ action: "unsuspend" }));
    await next("installation", "unsuspend");
    expect(
      scene.receiver.kept.filter((one) => one.event === "push" && one.body.ref === "refs/heads/while-suspended"),
    ).toEqual([]);
    expect((await scene.rest("GET", "/repos/acme/shop", token)).status).toBe(200);
  });

  test("can be undone: its tokens are worth nothing", async () => {
    const token = await scene.installationToken(scene.installationId);
    const ada = await scene.browser("ada");
    const path = `/organizations/acme/settings/installations/${scene.installationId}`;
    await ada("POST", path, new URLSearchParams({ action: "uninstall" }));
    await next("installation", "deleted");
    expect((await scene.rest("GET", "/installation/repositories", token)).status).toBe(401);
  });
});
