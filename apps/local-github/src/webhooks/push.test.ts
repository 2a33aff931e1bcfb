import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APP, appJwt, type Json, type Scene, startScene } from "../testing/scene.ts";

const ZEROS = "0".repeat(40);
let scene: Scene;
let bo: string;

beforeAll(async () => {
  scene = await startScene();
  bo = await scene.tokenOf("bo");
});
afterAll(() => scene.stop());

const pushOf = (branch: string) =>
  scene.receiver.next((one) => one.event === "push" && one.body.ref === `refs/heads/${branch}`);

describe("a push", () => {
  test("sends a webhook whose signature covers the exact bytes", async () => {
    const clone = await scene.git.clone("acme/shop", bo);
    await scene.git.commit(clone, { "signed.txt": "é \u2028" }, "Signed");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/signed");
    const { headers, raw, guid } = await pushOf("signed");
    const expected = createHmac("sha256", APP.webhookSecret).update(raw).digest("hex");
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${expected}`);
    expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
    expect(headers["x-github-hook-id"]).toBe("1");
    expect(headers["content-type"]).toBe("application/json");
  });

  test("lists its commits, oldest first, with the files that each added, changed and removed", async () => {
    const clone = await scene.git.clone("acme/shop", bo);
    const before = await scene.git.must(clone, "rev-parse", "HEAD");
    const one = await scene.git.commit(clone, { "new file.txt": "1", "README.md": "# Other\n" }, "One\n\nWith a body");
    await scene.git.must(clone, "rm", "--quiet", "billing/serverless.yml");
    const two = await scene.git.commit(clone, {}, "Two");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:main");
    const { body } = await pushOf("main");
    expect(body).toMatchObject({
      before,
      after: two,
      created: false,
      deleted: false,
      forced: false,
      pusher: { name: "bo", email: "bo@example.com" },
      sender: { login: "bo" },
      installation: { id: scene.installationId },
      repository: { full_name: "acme/shop", private: true },
      commits: [
        {
          id: one,
          message: "One\n\nWith a body",
          added: ["new file.txt"],
          modified: ["README.md"],
          removed: [],
          author: { name: "Bo", email: "bo@example.com", username: "bo" },
        },
        { id: two, added: [], modified: [], removed: ["billing/serverless.yml"] },
      ],
      head_commit: { id: two },
    });
  });

  test("says when a branch is new, when it was forced and when it is gone", async () => {
    const clone = await scene.git.clone("acme/shop", bo);
    const first = await scene.git.commit(clone, { "a.txt": "a" }, "A");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/life");
    expect((await pushOf("life")).body).toMatchObject({ before: ZEROS, after: first, created: true, forced: false });
    expect((await scene.receiver.next((one) => one.event === "create" && one.body.ref === "life")).body).toMatchObject({
      ref_type: "branch",
      master_branch: "main",
    });
    await scene.git.must(clone, "reset", "--quiet", "--hard", "HEAD~1");
    const other = await scene.git.commit(clone, { "b.txt": "b" }, "B");
    await scene.git.must(clone, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/life");
    expect((await pushOf("life")).body).toMatchObject({ before: first, after: other, forced: true });
    await scene.git.must(clone, "push", "--quiet", "origin", ":refs/heads/life");
    expect((await pushOf("life")).body).toMatchObject({ after: ZEROS, deleted: true, head_commit: null, commits: [] });
    await scene.receiver.next((one) => one.event === "delete" && one.body.ref === "life");
  });

  test("of a new branch without new commits lists none", async () => {
    const clone = await scene.git.clone("acme/shop", bo);
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/copy");
    const { body } = await pushOf("copy");
    expect(body).toMatchObject({ created: true, commits: [] });
    expect((body.head_commit as Json).id).toBe(body.after);
  });

  test("of more than three tags at once sends nothing for them", async () => {
    const clone = await scene.git.clone("acme/shop", bo);
    for (const tag of ["t1", "t2", "t3", "t4"]) await scene.git.must(clone, "tag", tag);
    await scene.git.must(clone, "push", "--quiet", "origin", "--tags", "HEAD:refs/heads/beside-tags");
    await pushOf("beside-tags");
    expect(scene.receiver.kept.filter((one) => String(one.body.ref).includes("t1"))).toEqual([]);
  });

  test("to a repository without the App tells nobody", async () => {
    const clone = await scene.git.clone("acme/secret", bo);
    await scene.git.commit(clone, { "a.txt": "a" }, "Unseen");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/unseen");
    const shop = await scene.git.clone("acme/shop", bo);
    await scene.git.must(shop, "push", "--quiet", "origin", "HEAD:refs/heads/seen");
    await pushOf("seen");
    expect(scene.receiver.kept.some((one) => one.body.ref === "refs/heads/unseen")).toBe(false);
  });
});

describe("a mishap that was asked for", () => {
  const pushTo = async (...branches: string[]) => {
    const clone = await scene.git.clone("acme/shop", bo);
    for (const branch of branches) {
      await scene.git.commit(clone, { "mishap.txt": branch }, branch);
      await scene.git.must(clone, "push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
    }
  };
  const befall = (kind: string | null) => scene.local("PUT", "/mishap", { kind });

  test("loses the webhooks of pushes, which are on no list, until it is over", async () => {
    await befall("lost");
    await pushTo("never-told");
    await befall(null);
    await pushTo("told");
    await pushOf("told");
    const rows = (await (
      await scene.rest("GET", "/app/hook/deliveries?per_page=100", await appJwt())
    ).json()) as Json[];
    const bodies = await Promise.all(
      rows
        .filter((row) => row.event === "push")
        .map(async ({ id }) => (await scene.rest("GET", `/app/hook/deliveries/${String(id)}`, await appJwt())).text()),
    );
    expect(bodies.some((body) => body.includes("refs/heads/told"))).toBe(true);
    expect(bodies.some((body) => body.includes("refs/heads/never-told"))).toBe(false);
  });

  test("sends each webhook of a push twice, under one guid", async () => {
    await befall("doubled");
    await pushTo("twice");
    const both = [await pushOf("twice"), await pushOf("twice")];
    await befall(null);
    expect(new Set(both.map(({ guid }) => guid)).size).toBe(1);
  });

  test("sends a push after the one that followed it, and at its end what still waits", async () => {
    await befall("swapped");
    scene.receiver.kept.length = 0;
    await pushTo("first", "second", "third");
    const nextRef = async () => (await scene.receiver.next(({ event }) => event === "push")).body.ref;
    const swapped = [await nextRef(), await nextRef()];
    await befall(null);
    expect([...swapped, await nextRef()]).toEqual(["second", "first", "third"].map((name) => `refs/heads/${name}`));
  });
});
