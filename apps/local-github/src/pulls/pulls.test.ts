import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Json, type Scene, startScene } from "../testing/scene.ts";

let scene: Scene;
let bo: string;

beforeAll(async () => {
  scene = await startScene();
  bo = await scene.tokenOf("bo");
});
afterAll(() => scene.stop());

async function openPull(branch: string, files: Record<string, string>) {
  const clone = await scene.git.clone("acme/shop", bo);
  const sha = await scene.git.commit(clone, files, `Change for ${branch}`);
  await scene.git.must(clone, "push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
  const answer = await scene.rest("POST", "/repos/acme/shop/pulls", bo, { title: branch, head: branch, base: "main" });
  expect(answer.status).toBe(201);
  const pull = (await answer.json()) as Json;
  return { clone, sha, number: Number(pull.number) };
}

const pullEvent = (action: string, number: number) =>
  scene.receiver.next(
    (one) => one.event === "pull_request" && one.body.action === action && one.body.number === number,
  );
const pushTo = (ref: string, after: unknown) =>
  scene.receiver.next((one) => one.event === "push" && one.body.ref === ref && one.body.after === after);

describe("a pull request", () => {
  test("merged by the button makes a merge commit and sends its push and its closing", async () => {
    const { sha, number } = await openPull("by-button", { "orders/button.js": "1" });
    expect((await pullEvent("opened", number)).body).toMatchObject({
      pull_request: { merged: false, mergeable: true, changed_files: 1, commits: 1, head: { sha } },
    });
    const browser = await scene.browser("ada");
    const page = await (await browser("GET", `/acme/shop/pull/${number}`)).text();
    expect(page).toContain("Merge pull request");
    const answer = await browser("POST", `/acme/shop/pull/${number}`, new URLSearchParams({ action: "merge" }));
    expect(answer.status).toBe(303);
    const closed = (await pullEvent("closed", number)).body;
    await browser("POST", `/acme/shop/pull/${number}`, new URLSearchParams({ action: "delete-branch" }));
    await scene.receiver.next((one) => one.event === "delete" && one.body.ref === "by-button");
    expect(closed).toMatchObject({ pull_request: { merged: true, state: "closed", merged_by: { login: "ada" } } });
    const merge = (closed.pull_request as Json).merge_commit_sha;
    const { body } = await pushTo("refs/heads/main", merge);
    expect(body).toMatchObject({
      forced: false,
      sender: { login: "ada" },
      head_commit: { added: ["orders/button.js"] },
    });
    expect((body.commits as Json[]).map((commit) => commit.id)).toEqual([sha, merge]);
  });

  test("tells of new commits on its branch", async () => {
    const { clone, sha, number } = await openPull("growing", { "g.txt": "1" });
    const more = await scene.git.commit(clone, { "g.txt": "2" }, "More");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/growing");
    expect((await pullEvent("synchronize", number)).body).toMatchObject({
      before: sha,
      after: more,
      pull_request: { head: { sha: more }, commits: 2 },
    });
    const refs = await scene.git.must(clone, "ls-remote", "origin", `refs/pull/${number}/head`);
    expect(refs).toContain(more);
  });

  test("counts as merged when somebody pushes its commits to the base", async () => {
    const { clone, number } = await openPull("by-hand", { "h.txt": "1" });
    await scene.git.must(clone, "fetch", "--quiet", "origin");
    await scene.git.must(clone, "rebase", "--quiet", "origin/main");
    const tip = await scene.git.must(clone, "rev-parse", "HEAD");
    await scene.git.must(clone, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/by-hand");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:main");
    expect((await pullEvent("closed", number)).body).toMatchObject({
      pull_request: { merged: true, merge_commit_sha: tip, merged_by: { login: "bo" } },
    });
  });

  test("is closed when its branch is deleted, and can't be reopened then", async () => {
    const { clone, number } = await openPull("doomed", { "d.txt": "1" });
    await scene.git.must(clone, "push", "--quiet", "origin", ":refs/heads/doomed");
    expect((await pullEvent("closed", number)).body).toMatchObject({ pull_request: { merged: false } });
    const answer = await scene.rest("PATCH", `/repos/acme/shop/pulls/${number}`, bo, { state: "open" });
    expect(answer.status).toBe(422);
  });

  test("can be closed and reopened", async () => {
    const { number } = await openPull("again", { "again.txt": "1" });
    await scene.rest("PATCH", `/repos/acme/shop/pulls/${number}`, bo, { state: "closed" });
    await pullEvent("closed", number);
    await scene.rest("PATCH", `/repos/acme/shop/pulls/${number}`, bo, { state: "open" });
    expect((await pullEvent("reopened", number)).body).toMatchObject({ pull_request: { state: "open" } });
  });

  test("that conflicts is not mergeable, and the button refuses it", async () => {
    const { clone, number } = await openPull("conflicting", { "README.md": "# Mine\n" });
    await scene.git.must(clone, "checkout", "--quiet", "-B", "other", "origin/main");
    await scene.git.commit(clone, { "README.md": "# Theirs\n" }, "Theirs");
    await scene.git.must(clone, "fetch", "--quiet", "origin");
    await scene.git.must(clone, "rebase", "--quiet", "origin/main");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:main");
    const answer = await scene.rest("GET", `/repos/acme/shop/pulls/${number}`, bo);
    expect(await answer.json()).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
    const merge = await scene.rest("PUT", `/repos/acme/shop/pulls/${number}/merge`, bo, {});
    expect(merge.status).toBe(405);
    expect(await merge.json()).toMatchObject({ message: "Pull Request is not mergeable" });
  });

  test("squashed leaves one commit with its title and number", async () => {
    const { number } = await openPull("squashed", { "s.txt": "1" });
    const merge = await scene.rest("PUT", `/repos/acme/shop/pulls/${number}/merge`, bo, { merge_method: "squash" });
    const { sha } = (await merge.json()) as { sha: string };
    const commit = (await (await scene.rest("GET", `/repos/acme/shop/commits/${sha}`, bo)).json()) as Json;
    expect((commit.commit as Json).message).toBe(`squashed (#${number})`);
    expect(commit.parents).toHaveLength(1);
  });
});
