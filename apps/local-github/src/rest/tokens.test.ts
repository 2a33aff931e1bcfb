import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appJwt, type Json, type Scene, startScene } from "../testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const statusOf = async (path: string, token: string | null) => (await scene.rest("GET", path, token)).status;

describe("credentials", () => {
  test("limited to one repository reach that one and get 404 for the others", async () => {
    await scene.local("PUT", "/installations/acme", { repositories: ["shop", "secret"] });
    const limited = await scene.installationToken(scene.installationId, { repository_ids: [scene.shopId] });
    const whole = await scene.installationToken(scene.installationId);
    for (const rest of ["", "/branches", "/contents/README.md", "/commits/main", "/check-runs/1"]) {
      expect([rest, await statusOf(`/repos/acme/secret${rest}`, limited)]).toEqual([rest, 404]);
    }
    expect(await statusOf(`/repositories/${scene.secretId}`, limited)).toBe(404);
    expect(await statusOf("/repos/acme/shop", limited)).toBe(200);
    expect(await statusOf("/repos/acme/secret", whole)).toBe(200);
    await scene.local("PUT", "/installations/acme", { repositories: ["shop"] });
    expect(await statusOf("/repos/acme/secret", whole)).toBe(404);
  });

  test("with fewer permissions are refused what they lack", async () => {
    const token = await scene.installationToken(scene.installationId, { permissions: { checks: "write" } });
    expect(await statusOf("/repos/acme/shop", token)).toBe(200);
    const answer = await scene.rest("GET", "/repos/acme/shop/contents/README.md", token);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ message: "Resource not accessible by integration" });
    const status = await scene.rest("POST", "/repos/acme/shop/statuses/main", token, { state: "success" });
    expect(status.status).toBe(403);
    const clone = await scene.git.run(scene.folder, "ls-remote", scene.git.remote("acme/shop", token));
    expect(clone.exitCode).not.toBe(0);
  });

  test("may not ask for more than the App was granted", async () => {
    const path = `/app/installations/${scene.installationId}/access_tokens`;
    const answer = await scene.rest("POST", path, await appJwt(), { permissions: { contents: "write" } });
    expect(answer.status).toBe(422);
  });

  test.each([
    ["signed for another App", { iss: "8" }, 404],
    ["that are over", { exp: Math.floor(Date.now() / 1000) - 5 }, 401],
    ["that last an hour", { exp: Math.floor(Date.now() / 1000) + 3600 }, 401],
  ])("%s are refused", async (_, claims, status) => {
    expect(await statusOf("/app", await appJwt(claims))).toBe(status);
  });

  test("signed with another key, or not at all, are refused", async () => {
    const [head, body] = (await appJwt()).split(".");
    expect(await statusOf("/app", `${head}.${body}.AAAA`)).toBe(401);
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await statusOf("/app", `${none}.${body}.`)).toBe(401);
  });

  test("that were revoked are worth nothing", async () => {
    const token = await scene.installationToken(scene.installationId);
    expect((await scene.rest("DELETE", "/installation/token", token)).status).toBe(204);
    const answer = await scene.rest("GET", "/repos/acme/shop", token);
    expect([answer.status, ((await answer.json()) as Json).message]).toEqual([401, "Bad credentials"]);
  });

  test("of a person see the private repositories of their organizations only", async () => {
    expect(await statusOf("/repos/acme/shop", await scene.tokenOf("bo"))).toBe(200);
    expect(await statusOf("/repos/acme/shop", await scene.tokenOf("eve"))).toBe(404);
    expect(await statusOf("/repos/acme/shop", null)).toBe(404);
  });

  test("given through the App reach only where the App is installed", async () => {
    const token = await scene.appUserToken("ada");
    expect(await statusOf("/repos/acme/shop", token)).toBe(200);
    expect(await statusOf("/repos/acme/secret", token)).toBe(404);
  });
});

describe("the frame around every answer", () => {
  test("spares who has the answer already", async () => {
    const token = await scene.tokenOf("bo");
    const first = await scene.rest("GET", "/repos/acme/shop/branches", token);
    const etag = first.headers.get("etag") ?? "";
    const again = await scene.rest("GET", "/repos/acme/shop/branches", token, undefined, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const used = (answer: Response) => answer.headers.get("x-ratelimit-used");
    expect(used(again)).toBe(used(first));
    const other = await scene.tokenOf("ada");
    const theirs = await scene.rest("GET", "/repos/acme/shop/branches", other, undefined, { "if-none-match": etag });
    expect(theirs.status).toBe(200);
    const clone = await scene.git.clone("acme/shop", token);
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/etag");
    const changed = await scene.rest("GET", "/repos/acme/shop/branches", token, undefined, { "if-none-match": etag });
    expect(changed.status).toBe(200);
  });

  test("walks a long list by its links", async () => {
    const token = await scene.tokenOf("bo");
    const clone = await scene.git.clone("acme/shop", token);
    const refs = ["a", "b", "c", "d", "e"].map((name) => `HEAD:refs/heads/page/${name}`);
    await scene.git.must(clone, "push", "--quiet", "origin", ...refs);
    const names: unknown[] = [];
    let path: string | null = "/repos/acme/shop/branches?per_page=2";
    while (path) {
      const answer = await scene.rest("GET", path, token);
      names.push(...((await answer.json()) as Json[]).map((branch) => branch.name));
      const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
      path = next ? next.slice(`${scene.url}/api/v3`.length) : null;
    }
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(["page/a", "page/e", "main"]));
    const unpaged = await scene.rest("GET", "/repos/acme/shop/git/matching-refs/heads/page?per_page=2", token);
    expect(await unpaged.json()).toHaveLength(5);
  });

  test("reads a slash in a name both as it is and encoded", async () => {
    const token = await scene.tokenOf("bo");
    const clone = await scene.git.clone("acme/shop", token);
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/a/slash");
    for (const slash of ["/", "%2F"]) {
      const paths = [
        `/branches/a${slash}slash`,
        `/git/ref/heads${slash}a${slash}slash`,
        `/git/matching-refs/heads${slash}a${slash}sl`,
        `/commits/a${slash}slash`,
        `/commits/a${slash}slash/status`,
        `/compare/main...a${slash}slash`,
        `/git/trees/a${slash}slash?recursive=1`,
        `/contents/orders${slash}serverless.yml?ref=a${slash}slash`,
      ];
      for (const path of paths) expect([path, await statusOf(`/repos/acme/shop${path}`, token)]).toEqual([path, 200]);
    }
  });

  test("names no more than 300 files of a comparison, and the commit where both began", async () => {
    const token = await scene.tokenOf("bo");
    const clone = await scene.git.clone("acme/shop", token);
    const base = await scene.git.must(clone, "rev-parse", "HEAD");
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`many/${at}.txt`, `${at}`]));
    await scene.git.commit(clone, files, "Many");
    await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/many");
    const answer = (await (await scene.rest("GET", "/repos/acme/shop/compare/main...many", token)).json()) as Json;
    expect(answer.files).toHaveLength(300);
    expect(answer).toMatchObject({ status: "ahead", ahead_by: 1, behind_by: 0, merge_base_commit: { sha: base } });
  });

  test("sends who knows an old name to the new one", async () => {
    const ada = await scene.tokenOf("ada");
    await scene.local("PUT", "/repositories/acme/old-name", {});
    await scene.rest("PATCH", "/repos/acme/old-name", ada, { name: "new-name" });
    const moved = await scene.rest("GET", "/repos/acme/old-name", ada);
    expect(moved.status).toBe(301);
    const target = moved.headers.get("location") ?? "";
    const answer = await scene.rest("GET", target.slice(`${scene.url}/api/v3`.length), ada);
    expect(await answer.json()).toMatchObject({ full_name: "acme/new-name" });
  });

  test("answers a fault that was asked for, as often as asked", async () => {
    const token = await scene.tokenOf("bo");
    await scene.local("POST", "/faults", {
      pathPrefix: "/api/v3/user",
      status: 503,
      count: 2,
      headers: { "retry-after": "1" },
    });
    expect([await statusOf("/user", token), await statusOf("/user", token), await statusOf("/user", token)]).toEqual([
      503, 503, 200,
    ]);
  });

  test("answers no name that merely points to this machine", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      request(`${scene.url}/api/v3/user`, { headers: { host: "evil.example" } }, (answer) =>
        resolve(answer.statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });
});
