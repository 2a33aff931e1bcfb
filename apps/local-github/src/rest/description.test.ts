import { afterAll, beforeAll, expect, test } from "vitest";
import { answerCheck } from "../testing/description.ts";
import { appJwt, type Json, type Scene, startScene } from "../testing/scene.ts";

type Who = "app" | "installation" | "bo" | "appUser" | null;

interface Facts {
  scene: Scene;
  sha: string;
  blob: string;
  deliveryId: number;
}

/** [who asks, method, GitHub's path, status, values for the path, body] */
type Row = [Who, string, string, number, (((facts: Facts) => Json) | undefined)?, ((facts: Facts) => Json)?];

const shop = "/repos/{owner}/{repo}";
const ROWS: Row[] = [
  ["app", "GET", "/app", 200],
  ["app", "GET", "/app/installations", 200],
  ["app", "GET", "/app/installations/{installation_id}", 200],
  [
    "app",
    "POST",
    "/app/installations/{installation_id}/access_tokens",
    201,
    undefined,
    () => ({ repositories: ["shop"] }),
  ],
  [
    "app",
    "POST",
    "/app/installations/{installation_id}/access_tokens",
    422,
    undefined,
    () => ({ repositories: ["secret"] }),
  ],
  ["app", "GET", `${shop}/installation`, 200],
  ["app", "GET", "/orgs/{org}/installation", 200],
  ["app", "GET", "/app/hook/config", 200],
  ["app", "GET", "/app/hook/deliveries", 200],
  ["app", "GET", "/app/hook/deliveries/{delivery_id}", 200],
  ["app", "POST", "/app/hook/deliveries/{delivery_id}/attempts", 202],
  ["installation", "GET", "/installation/repositories", 200],
  ["appUser", "GET", "/user", 200],
  ["appUser", "GET", "/user/emails", 200],
  ["appUser", "GET", "/user/orgs", 200],
  ["appUser", "GET", "/user/memberships/orgs", 200],
  ["appUser", "GET", "/user/memberships/orgs/{org}", 200],
  ["appUser", "GET", "/user/installations", 200],
  ["appUser", "GET", "/user/installations/{installation_id}/repositories", 200],
  ["bo", "GET", "/users/{username}", 200, () => ({ username: "ada" })],
  ["bo", "GET", "/orgs/{org}/repos", 200],
  [null, "GET", "/user", 401],
  ["bo", "GET", shop, 200],
  ["installation", "GET", shop, 200],
  ["installation", "GET", shop, 404, () => ({ repo: "secret" })],
  ["bo", "GET", `${shop}/branches`, 200],
  ["bo", "GET", `${shop}/branches/{branch}`, 200, () => ({ branch: "feature/one" })],
  ["bo", "GET", `${shop}/branches/{branch}`, 404, () => ({ branch: "nothing" })],
  ["bo", "GET", `${shop}/git/ref/{ref}`, 200, () => ({ ref: "heads/main" })],
  ["bo", "GET", `${shop}/git/matching-refs/{ref}`, 200, () => ({ ref: "heads/feature" })],
  ["bo", "POST", `${shop}/git/refs`, 201, undefined, ({ sha }) => ({ ref: "refs/heads/made", sha })],
  ["bo", "DELETE", `${shop}/git/refs/{ref}`, 204, () => ({ ref: "heads/made" })],
  ["bo", "GET", `${shop}/commits`, 200],
  ["installation", "GET", `${shop}/commits/{ref}`, 200],
  ["bo", "GET", `${shop}/commits/{ref}`, 422, () => ({ ref: "nothing" })],
  ["bo", "GET", `${shop}/compare/{basehead}`, 200, () => ({ basehead: "main...feature/one" })],
  ["installation", "GET", `${shop}/git/trees/{tree_sha}`, 200],
  ["installation", "GET", `${shop}/git/blobs/{file_sha}`, 200],
  ["installation", "GET", `${shop}/contents/{path}`, 200, () => ({ path: "orders/serverless.yml" })],
  ["installation", "GET", `${shop}/contents/{path}`, 200, () => ({ path: "orders" })],
  ["installation", "GET", `${shop}/contents/{path}`, 404, () => ({ path: "nothing" })],
  [
    "bo",
    "PUT",
    `${shop}/contents/{path}`,
    201,
    () => ({ path: "written.txt" }),
    () => ({ message: "Write", content: "eA==", branch: "written" }),
  ],
  [
    "bo",
    "PUT",
    `${shop}/contents/{path}`,
    409,
    () => ({ path: "README.md" }),
    () => ({ message: "Blind", content: "eA==" }),
  ],
  [
    "installation",
    "POST",
    `${shop}/check-runs`,
    201,
    undefined,
    ({ sha }) => ({
      name: "orders → staging",
      head_sha: sha,
      details_url: "http://localhost:3000/acme/deployments/1",
      external_id: "1",
    }),
  ],
  [
    "installation",
    "PATCH",
    `${shop}/check-runs/{check_run_id}`,
    200,
    undefined,
    () => ({ conclusion: "success", output: { title: "Deployed", summary: "All **good**" } }),
  ],
  ["installation", "GET", `${shop}/check-runs/{check_run_id}`, 200],
  ["installation", "GET", `${shop}/check-runs/{check_run_id}/annotations`, 200],
  ["installation", "POST", `${shop}/check-runs/{check_run_id}/rerequest`, 201],
  ["installation", "GET", `${shop}/commits/{ref}/check-runs`, 200],
  ["installation", "GET", `${shop}/commits/{ref}/check-suites`, 200],
  [
    "installation",
    "POST",
    `${shop}/statuses/{sha}`,
    201,
    undefined,
    () => ({ state: "pending", context: "branchline", target_url: "http://localhost:3000" }),
  ],
  ["installation", "GET", `${shop}/commits/{ref}/status`, 200],
  ["installation", "GET", `${shop}/commits/{ref}/statuses`, 200],
  [
    "bo",
    "POST",
    `${shop}/pulls`,
    201,
    undefined,
    () => ({ title: "One", head: "feature/one", base: "main", body: "Why" }),
  ],
  ["bo", "POST", `${shop}/pulls`, 422, undefined, () => ({ title: "One", head: "feature/one", base: "main" })],
  ["bo", "GET", `${shop}/pulls`, 200],
  ["bo", "GET", `${shop}/pulls/{pull_number}`, 200],
  ["bo", "PATCH", `${shop}/pulls/{pull_number}`, 200, undefined, () => ({ title: "Another title" })],
  ["bo", "GET", `${shop}/pulls/{pull_number}/files`, 200],
  ["bo", "GET", `${shop}/pulls/{pull_number}/commits`, 200],
  ["bo", "GET", `${shop}/pulls/{pull_number}/merge`, 404],
  ["bo", "PUT", `${shop}/pulls/{pull_number}/merge`, 405, undefined, () => ({ merge_method: "rebase" })],
  ["bo", "PUT", `${shop}/pulls/{pull_number}/merge`, 409, undefined, () => ({ sha: "0".repeat(40) })],
  ["bo", "PUT", `${shop}/pulls/{pull_number}/merge`, 200],
  ["bo", "GET", `${shop}/pulls/{pull_number}/merge`, 204],
  ["bo", "GET", `${shop}/pulls/{pull_number}`, 200],
  [
    "installation",
    "POST",
    `${shop}/deployments`,
    201,
    undefined,
    () => ({ ref: "main", environment: "staging", payload: { number: 42 } }),
  ],
  ["installation", "GET", `${shop}/deployments`, 200],
  ["installation", "GET", `${shop}/deployments/{deployment_id}`, 200],
  [
    "installation",
    "POST",
    `${shop}/deployments/{deployment_id}/statuses`,
    201,
    undefined,
    () => ({ state: "success", environment_url: "http://localhost:4566/x", log_url: "http://localhost:3000/x" }),
  ],
  ["installation", "GET", `${shop}/deployments/{deployment_id}/statuses`, 200],
  ["installation", "GET", `${shop}/deployments/{deployment_id}/statuses/{status_id}`, 200],
  ["app", "GET", "/app/installations/{installation_id}", 404, () => ({ installation_id: 99 })],
  ["installation", "DELETE", "/installation/token", 204],
];

let facts: Facts;
let tokens: Record<Exclude<Who, null>, string>;

beforeAll(async () => {
  const scene = await startScene();
  const bo = await scene.tokenOf("bo");
  const clone = await scene.git.clone("acme/shop", bo);
  const sha = await scene.git.must(clone, "rev-parse", "HEAD");
  const blob = await scene.git.must(clone, "rev-parse", "HEAD:README.md");
  await scene.git.commit(clone, { "orders/a b.js": "1\n2\n", "README.md": "# Changed\n" }, "One");
  await scene.git.must(clone, "push", "--quiet", "origin", "HEAD:refs/heads/feature/one");
  await scene.receiver.next((one) => one.event === "push");
  const deliveries = (await (await scene.rest("GET", "/app/hook/deliveries", await appJwt())).json()) as Json[];
  facts = { scene, sha, blob, deliveryId: Number(deliveries[0]?.id) };
  const installation = await scene.installationToken(scene.installationId);
  tokens = { app: await appJwt(), installation, bo, appUser: await scene.appUserToken("bo") };
});
afterAll(() => facts.scene.stop());

test.each(ROWS)("as %s, %s %s answers %i in the shape that GitHub describes", async (...row) => {
  const [who, method, template, status, values, body] = row;
  const response = await facts.scene.rest(
    method,
    fill(template, { ...known(), ...values?.(facts) }),
    who && tokens[who],
    body?.(facts),
  );
  const text = await response.text();
  expect({ status: response.status, text: response.status === status ? "" : text }).toEqual({ status, text: "" });
  expect(response.headers.get("x-github-request-id")).toBeTruthy();
  expect(response.headers.get("x-ratelimit-remaining")).toMatch(/^\d+$/);
  if (status === 204) return;
  const check = answerCheck(method, template, status);
  const value: unknown = JSON.parse(text);
  check?.(value);
  expect(check?.errors ?? null).toBeNull();
  if (status >= 400)
    expect(value).toMatchObject({ message: expect.any(String), documentation_url: expect.any(String) });
});

function known(): Json {
  return {
    owner: "acme",
    repo: "shop",
    org: "acme",
    ref: facts.sha,
    sha: facts.sha,
    tree_sha: facts.sha,
    file_sha: facts.blob,
    installation_id: facts.scene.installationId,
    delivery_id: facts.deliveryId,
    check_run_id: 1,
    pull_number: 1,
    deployment_id: 1,
    status_id: 1,
  };
}

function fill(template: string, values: Json): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}
