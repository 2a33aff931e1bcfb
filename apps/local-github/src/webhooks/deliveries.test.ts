import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appJwt, type Json, type Scene, startScene } from "../testing/scene.ts";

const require = createRequire(import.meta.url);
const examples = require("@octokit/webhooks-examples/api.github.com/index.json") as {
  name: string;
  examples: Json[];
}[];

let scene: Scene;
let jwt: string;

beforeAll(async () => {
  scene = await startScene();
  jwt = await appJwt();
});
afterAll(() => scene.stop());

async function finished(guid: string, count: number): Promise<Json[]> {
  for (;;) {
    const rows = (await (await scene.rest("GET", "/app/hook/deliveries?per_page=100", jwt)).json()) as Json[];
    const mine = rows.filter((row) => row.guid === guid && row.status !== "pending");
    if (mine.length === count) return mine;
  }
}

describe("deliveries", () => {
  test("are listed with what was sent and what was answered, and are sent again under the same guid", async () => {
    scene.receiver.answerWith(500);
    await scene.local("PUT", "/installations/acme", { repositories: ["shop", "secret"] });
    const first = await scene.receiver.next((one) => one.event === "installation_repositories");
    const [failed] = await finished(first.guid, 1);
    expect(failed).toMatchObject({
      status_code: 500,
      redelivery: false,
      action: "added",
      installation_id: scene.installationId,
    });

    scene.receiver.answerWith(202);
    const attempt = await scene.rest("POST", `/app/hook/deliveries/${String(failed?.id)}/attempts`, jwt);
    expect(attempt.status).toBe(202);
    const second = await scene.receiver.next((one) => one.guid === first.guid);
    expect([second.raw, second.headers["x-hub-signature-256"]]).toEqual([
      first.raw,
      first.headers["x-hub-signature-256"],
    ]);
    const [again] = await finished(first.guid, 2);
    expect(again).toMatchObject({ status: "OK", status_code: 202, redelivery: true });
    const answer = await scene.rest("GET", `/app/hook/deliveries/${String(again?.id)}`, jwt);
    expect(await answer.json()).toMatchObject({
      request: { headers: { "X-GitHub-Event": "installation_repositories" }, payload: JSON.parse(first.raw) },
      response: { payload: "noted" },
    });
  });

  test("are walked from the newest to the oldest by a cursor", async () => {
    const ids: number[] = [];
    let path: string | null = "/app/hook/deliveries?per_page=1";
    while (path) {
      const answer = await scene.rest("GET", path, jwt);
      ids.push(...((await answer.json()) as Json[]).map((row) => Number(row.id)));
      const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
      path = next ? next.slice(`${scene.url}/api/v3`.length) : null;
    }
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
  });
});

/** Kinds of examples to hold ours against, and what makes GitHub's App send one. */
const KINDS: [string, string | null, () => Promise<unknown>][] = [
  ["push", null, () => push("HEAD:refs/heads/kinds")],
  ["create", null, () => push("HEAD:refs/heads/kinds-create")],
  ["delete", null, () => push(":refs/heads/kinds-create")],
  ["pull_request", "opened", () => pull("POST", "", { title: "K", head: "kinds", base: "main" })],
  ["pull_request", "closed", () => pull("PATCH", "/1", { state: "closed" })],
  ["check_run", "created", check],
  ["installation_repositories", "removed", () => scene.local("PUT", "/installations/acme", { repositories: ["shop"] })],
  ["installation_repositories", "added", () => scene.local("PUT", "/installations/acme", { repositories: "all" })],
  ["repository", "created", () => scene.local("PUT", "/repositories/acme/fresh", {})],
  ["installation", "suspend", () => settings("suspend")],
  ["installation", "unsuspend", () => settings("unsuspend")],
  ["installation", "deleted", () => settings("uninstall")],
  ["installation", "created", () => scene.local("PUT", "/installations/acme", { repositories: "all" })],
];

async function push(refspec: string) {
  const clone = await scene.git.clone("acme/shop", await scene.tokenOf("bo"));
  await scene.git.commit(clone, { "kinds.txt": refspec }, "Kinds");
  await scene.git.must(clone, "push", "--quiet", "origin", refspec);
}

async function pull(method: string, path: string, body: Json) {
  await scene.rest(method, `/repos/acme/shop/pulls${path}`, await scene.tokenOf("bo"), body);
}

async function check() {
  const token = await scene.installationToken(scene.installationId);
  const branch = (await (await scene.rest("GET", "/repos/acme/shop/branches/main", token)).json()) as { commit: Json };
  await scene.rest("POST", "/repos/acme/shop/check-runs", token, { name: "x", head_sha: branch.commit.sha });
}

async function settings(action: string) {
  const browser = await scene.browser("ada");
  await browser(
    "POST",
    `/organizations/acme/settings/installations/${scene.installationId}`,
    new URLSearchParams({ action }),
  );
}

/** What depends on the App that a sample was recorded with, or on GitHub Actions, and the insides of a suite. */
const NOT_OURS = /^installation\.permissions\.|^check_run\.(deployment$|check_suite\.|app\.)/;

describe("webhooks", () => {
  test.each(KINDS)("%s %s carries the fields of GitHub's own examples", async (event, action, cause) => {
    scene.receiver.kept.length = 0;
    await cause();
    const { body } = await scene.receiver.next((one) => one.event === event && (one.body.action ?? null) === action);
    const samples = examples.find((one) => one.name === event)?.examples ?? [];
    const sample = samples.find((one) => (one.action ?? null) === action) ?? samples[0];
    expect(sample).toBeDefined();
    expect(missing(sample as Json, body, "")).toEqual([]);
    expect(body.sender).toMatchObject({ login: expect.any(String) });
    expect(body.installation).toMatchObject({ id: expect.any(Number) });
  });
});

/** Paths of objects' fields that the sample has and ours has not. */
function missing(sample: Json, ours: Json, path: string): string[] {
  return Object.entries(sample).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (NOT_OURS.test(here)) return [];
    if (!(key in ours)) return [here];
    const inner = ours[key];
    const deeper = isObject(value) && isObject(inner);
    return deeper ? missing(value, inner, here) : [];
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
