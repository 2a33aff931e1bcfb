import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scene, startScene } from "../testing/scene.ts";

let scene: Scene;
let ada: string;

beforeAll(async () => {
  scene = await startScene();
  ada = await scene.tokenOf("ada");
});
afterAll(() => scene.stop());

describe("git over HTTP", () => {
  test("clones what was seeded and pushes what is committed", async () => {
    const clone = await scene.git.clone("acme/shop", ada);
    expect(await readFile(join(clone, "orders/serverless.yml"), "utf8")).toBe("service: orders\n");
    const sha = await scene.git.commit(clone, { "orders/handler.js": "exports.x = 1\n" }, "Add handler");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/handler");
    const again = await scene.git.clone("acme/shop", ada);
    expect(await scene.git.must(again, "rev-parse", "origin/handler")).toBe(sha);
  });

  test.each(["$(id)", "`id`", "a'b\"c", "--upload-pack=x", "-rf", "x;y", "a&b|c", "ümläut", "#1%20"])(
    "treats the branch name %s as data",
    async (name) => {
      const clone = await scene.git.clone("acme/shop", ada);
      const sha = await scene.git.commit(clone, { "x.txt": name }, `On ${name}`);
      await scene.git.must(clone, "push", "--quiet", "origin", `HEAD:refs/heads/${name}`);
      const answer = await scene.rest("GET", `/repos/acme/shop/branches/${encodeURIComponent(name)}`, ada);
      expect(await answer.json()).toMatchObject({ name, commit: { sha } });
      const pushed = await scene.receiver.next((one) => one.event === "push" && one.body.ref === `refs/heads/${name}`);
      expect(pushed.body.after).toBe(sha);
      const page = await fetch(`${scene.url}/acme/shop?branch=${encodeURIComponent(name)}`);
      expect(page.status).toBe(404);
    },
  );

  test("takes a push that is larger than git sends in one piece", async () => {
    const clone = await scene.git.clone("acme/shop", ada);
    const large = randomBytes(3_000_000).toString("base64");
    const sha = await scene.git.commit(clone, { "large.txt": large }, "Large");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/large");
    expect(await scene.git.must(clone, "ls-remote", "origin", "refs/heads/large")).toContain(sha);
  });

  test("takes a tag of something that is no commit", async () => {
    const clone = await scene.git.clone("acme/shop", ada);
    await scene.git.must(clone, "tag", "a-file", "HEAD:README.md");
    await scene.git.must(clone, "push", "--quiet", "origin", "a-file");
    const { body } = await scene.receiver.next((one) => one.event === "push" && one.body.ref === "refs/tags/a-file");
    expect(body).toMatchObject({ created: true, commits: [], head_commit: null });
  });

  test("makes the first branch of an empty repository its default branch", async () => {
    await scene.local("PUT", "/repositories/acme/empty", {});
    const clone = await scene.git.clone("acme/empty", ada);
    await scene.git.commit(clone, { "a.txt": "a" }, "First");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/trunk");
    const answer = await scene.rest("GET", "/repos/acme/empty", ada);
    expect(await answer.json()).toMatchObject({ default_branch: "trunk" });
    const again = await scene.git.clone("acme/empty", ada);
    expect(await scene.git.must(again, "branch", "--show-current")).toBe("trunk");
  });

  test("fetches an exact SHA at depth 1, without blobs if asked", async () => {
    const clone = await scene.git.clone("acme/shop", ada);
    const first = await scene.git.must(clone, "rev-parse", "origin/main");
    const target = join(scene.folder, "exact");
    await scene.git.must(scene.folder, "init", "--quiet", target);
    const remote = scene.git.remote("acme/shop", ada);
    await scene.git.must(target, "fetch", "--quiet", "--depth=1", "--filter=blob:none", remote, first);
    expect(await scene.git.must(target, "rev-parse", "FETCH_HEAD")).toBe(first);
  });

  test("asks for credentials before it says whether a private repository exists", async () => {
    for (const name of ["shop", "nothing"]) {
      const answer = await fetch(`${scene.url}/acme/${name}.git/info/refs?service=git-upload-pack`);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Basic realm="GitHub"');
    }
  });

  test("hides a private repository from a person outside its organization", async () => {
    const eve = await scene.tokenOf("eve");
    const result = await scene.git.run(scene.folder, "ls-remote", scene.git.remote("acme/shop", eve));
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain("not found");
  });

  test("lets the App's token read the repositories it was made for, and no others", async () => {
    const token = await scene.installationToken(scene.installationId, { repositories: ["shop"] });
    await scene.git.must(scene.folder, "ls-remote", scene.git.remote("acme/shop", token));
    const other = await scene.git.run(scene.folder, "ls-remote", scene.git.remote("acme/secret", token));
    expect(other.exitCode).not.toBe(0);
  });

  test("refuses a push with a token that may only read", async () => {
    const token = await scene.installationToken(scene.installationId);
    const clone = await scene.git.clone("acme/shop", token);
    await scene.git.commit(clone, { "y.txt": "y" }, "Not allowed");
    const result = await scene.git.run(clone, "push", "origin", "HEAD:refs/heads/not-allowed");
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain("403");
  });

  test("keeps pull request refs out of a client's hands", async () => {
    const clone = await scene.git.clone("acme/shop", ada);
    const result = await scene.git.run(clone, "push", "origin", "HEAD:refs/pull/99/head");
    expect(result.exitCode).not.toBe(0);
  });
});
