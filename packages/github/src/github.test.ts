import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createGithub, GithubUnavailable } from "./index.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const place = { installationGithubId: 5n, githubId: 9n, fullName: "acme/shop" };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A GitHub that gives out tokens and answers everything else as the test says. */
async function githubThat(answer: Answer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!request.url?.endsWith("/access_tokens")) return answer(request, response);
    const token = { token: "ghs_test", expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: {} };
    response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(token));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, server, github: githubAt(url) };
}

function githubAt(url: string) {
  const app = { appId: "1", slug: "branchline", clientId: "c", clientSecret: "s", privateKey };
  return createGithub({ url, apiUrl: `${url}/api/v3`, ...app });
}

const saying =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end('{"message":"said"}');

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => error as GithubUnavailable,
  );

test("what is not there is null, and a repository without a commit has no files", async () => {
  const { github } = await githubThat(saying(404));
  expect(await github.readFile({ ...place, path: "serverless.yml", ref: "main" })).toBeNull();
  expect(await github.findBranchHead({ ...place, branch: "feature/x" })).toBeNull();
  expect(await github.listInstallationRepositories(5n)).toBeNull();
  for (const status of [404, 409, 422]) {
    const { github: other } = await githubThat(saying(status));
    expect(await other.listFiles({ ...place, ref: "main" })).toBeNull();
  }
});

test.each([
  [401, false],
  [403, true],
  [429, false],
  [451, true],
  [500, false],
])("fault 24: an answer of %i is not an absence, and is a no for good: %s", async (status, isRefused) => {
  const { github } = await githubThat(saying(status));
  const error = await failureOf(github.readFile({ ...place, path: "serverless.yml", ref: "main" }));
  expect(error).toBeInstanceOf(GithubUnavailable);
  expect(error).toMatchObject({ status, isRefused });
});

test("no answer is not an absence, and has no status", async () => {
  const { github, asked } = await githubThat((request) => request.socket.destroy());
  const error = await failureOf(github.findBranchHead({ ...place, branch: "main" }));
  expect(error).toBeInstanceOf(GithubUnavailable);
  expect(error?.status).toBeNull();
  expect(asked.filter((line) => line.startsWith("GET"))).toHaveLength(2);
});

test("fault 18: where a branch is, is asked once for all who want to know it at once, and never before they did", async () => {
  let head = 0;
  const { github, asked } = await githubThat((_, response) => {
    const said = JSON.stringify({ object: { sha: String(head) } });
    setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(said), 20);
  });
  const ask = (branch: string) => github.findHead({ ...place, branch });
  const first = Array.from({ length: 10 }, () => ask("main"));
  const other = ask("other");
  await first[0];
  head = 1;
  const later = Array.from({ length: 10 }, () => ask("main"));
  const heads = await Promise.all([...first, ...later]);
  expect(heads.slice(10)).toEqual(Array.from({ length: 10 }, () => "1"));
  await other;
  expect(asked.filter((line) => line.endsWith("/git/ref/heads%2Fmain"))).toHaveLength(3);
  expect(asked.filter((line) => line.endsWith("/git/ref/heads%2Fother"))).toHaveLength(1);
});

test("a question that met a hiccup is asked once more, and a change is not", async () => {
  let answered = 0;
  const hiccup = await githubThat((request, response) => {
    answered += 1;
    saying(answered === 1 ? 502 : 404)(request, response);
  });
  expect(await hiccup.github.findBranchHead({ ...place, branch: "main" })).toBeNull();
  expect(answered).toBe(2);

  const down = await githubThat(saying(502));
  const run = {
    name: "a",
    externalId: "1",
    detailsUrl: "http://x",
    status: "queued",
    title: "t",
    summary: "s",
  } as const;
  const error = await failureOf(down.github.createCheckRun({ ...place, ...run, headSha: "a".repeat(40) }));
  expect(error?.status).toBe(502);
  expect(down.asked.filter((line) => line.includes("check-runs"))).toHaveLength(1);
});

test("says how long GitHub asks to be left alone", async () => {
  const secondary = await githubThat(saying(403, { "retry-after": "30" }));
  expect((await failureOf(secondary.github.listInstallationRepositories(5n)))?.retryAfterMs).toBe(30_000);
  const reset = String(Math.ceil(Date.now() / 1_000) + 60);
  const primary = await githubThat(saying(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }));
  const waitMs = (await failureOf(primary.github.listInstallationRepositories(5n)))?.retryAfterMs ?? 0;
  expect(waitMs).toBeGreaterThan(50_000);
  expect(waitMs).toBeLessThanOrEqual(61_000);
});

test("fault 50: a token of the App that GitHub refuses for its time is told of as this machine's clock, and made anew by GitHub's before", async () => {
  const issuedLater =
    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  const { github, asked } = await githubThat((_, response) =>
    response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ message: issuedLater })),
  );
  const error = await failureOf(github.findInstallation(5n));
  expect(error?.message).toMatch(/^This machine's clock is off, so GitHub refuses what it signs\. GitHub answered 401/);
  expect(asked).toHaveLength(2);
});

test("fault 26: an installation that met a limit sends nothing before it is over, and another one is free", async () => {
  // However long a busy machine takes to ask again.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { github, asked } = await githubThat(saying(429, { "retry-after": "1" }));
  const heads = (installationGithubId: bigint) =>
    failureOf(github.listHeads({ ...place, installationGithubId, etag: null }));
  await heads(5n);
  const before = asked.length;
  const error = await heads(5n);
  expect(error?.retryAfterMs).toBe(1_000);
  expect(asked).toHaveLength(before);
  await heads(6n);
  expect(asked.length).toBeGreaterThan(before);
  const another = asked.length;
  vi.setSystemTime(Date.now() + 999);
  await heads(5n);
  expect(asked).toHaveLength(another);
  vi.setSystemTime(Date.now() + 1);
  await heads(5n);
  expect(asked.length).toBeGreaterThan(another);
});

test("the last answer that a limit allows is the last question until it begins anew", async () => {
  const reset = String(Math.ceil(Date.now() / 1_000) + 60);
  const { github, asked } = await githubThat((_, response) => {
    response.writeHead(200, {
      "content-type": "application/json",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": reset,
    });
    response.end("[]");
  });
  expect(await github.listHeads({ ...place, etag: null })).toMatchObject({ kind: "listed" });
  const before = asked.length;
  const error = await failureOf(github.findBranchHead({ ...place, branch: "main" }));
  expect(error?.retryAfterMs).toBeGreaterThan(50_000);
  expect(asked).toHaveLength(before);
});

test("a limit without a time is obeyed for a minute, and a refusal is no limit", async () => {
  const unsaid = await githubThat((_, response) => {
    response.writeHead(403, { "content-type": "application/json" });
    response.end('{"message":"You have exceeded a secondary rate limit"}');
  });
  expect((await failureOf(unsaid.github.listHeads({ ...place, etag: null })))?.retryAfterMs).toBe(60_000);
  const refusing = await githubThat(saying(403));
  expect((await failureOf(refusing.github.listHeads({ ...place, etag: null })))?.retryAfterMs).toBeNull();
});

test("fault 28: however many branches, their heads are one question, which no limit counts while none has moved", async () => {
  const branches = ["main", ...Array.from({ length: 400 }, (_, number) => `feature/${number}`)];
  // Other requests used the limit up: a 304 is not one of those that it counts.
  const usedUp = {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1_000) + 60),
  };
  const { github, asked } = await githubThat((request, response) => {
    if (request.headers["if-none-match"] === 'W/"1"') return void response.writeHead(304, usedUp).end();
    const refs = branches.map((branch) => ({ ref: `refs/heads/${branch}`, object: { sha: branch } }));
    response.writeHead(200, { "content-type": "application/json", etag: 'W/"1"' }).end(JSON.stringify(refs));
  });
  const heads = new Map(branches.map((branch) => [branch, branch]));
  expect(await github.listHeads({ ...place, etag: null })).toEqual({ kind: "listed", heads, etag: 'W/"1"' });
  expect(await github.listHeads({ ...place, etag: 'W/"1"' })).toEqual({ kind: "unchanged" });
  expect(await github.listHeads({ ...place, etag: 'W/"1"' })).toEqual({ kind: "unchanged" });
  const question = "GET /api/v3/repositories/9/git/matching-refs/heads";
  expect(asked.filter((line) => line.startsWith("GET"))).toEqual([question, question, question]);
});

test("an attempt's id is kept to its last digit, and old attempts and later pages of them are not read", async () => {
  const row = (id: string, at: string) =>
    `{"id":${id},"guid":"g-${id}","delivered_at":"${at}","status_code":502,"installation_id":1}`;
  const { github, asked } = await githubThat((request, response) => {
    const isFirst = !request.url?.includes("cursor");
    const link = `<http://x/app/hook/deliveries?cursor=${isFirst ? "v1_2" : "v1_3"}>; rel="next"`;
    response.writeHead(200, { "content-type": "application/json", link });
    const rows = isFirst
      ? [row("9007199254740993", "2026-11-24T08:00:02Z")]
      : [row("2", "2026-11-24T08:00:01Z"), row("1", "2026-11-24T07:00:00Z")];
    response.end(`[${rows.join(",")}]`);
  });
  const { attempts, next } = await github.listFailedAttempts({ since: new Date("2026-11-24T08:00:00Z"), from: null });
  expect(next).toBeNull();
  expect(attempts.map(({ attemptId, deliveryId }) => [attemptId, deliveryId])).toEqual([
    ["9007199254740993", "g-9007199254740993"],
    ["2", "g-2"],
  ]);
  expect(asked.filter((line) => line.includes("/app/hook/deliveries"))).toHaveLength(2);
});

test("a branch or a path with any characters is one part of the address", async () => {
  const { github, asked } = await githubThat(saying(404));
  await github.findBranchHead({ ...place, branch: "a/../../b?x=$(id)" });
  await github.readFile({ ...place, path: "../secrets/serverless.yml", ref: "--upload-pack=x" });
  const paths = asked.filter((line) => line.startsWith("GET")).map((line) => line.replace("GET /api/v3", ""));
  expect(paths).toEqual([
    "/repositories/9/branches/a%2F..%2F..%2Fb%3Fx%3D%24%28id%29",
    "/repositories/9/contents/..%2Fsecrets%2Fserverless.yml?ref=--upload-pack%3Dx",
  ]);
});

test("threat 31: a checkout's token in other hands: it reads one repository's contents", async () => {
  const bodies: string[] = [];
  const { server, github } = await githubThat(() => undefined);
  server.prependListener("request", (request: IncomingMessage) => {
    request.on("data", (bytes: Buffer) => bodies.push(String(bytes)));
  });
  const { token } = await github.checkoutToken(place);
  expect(token).toBe("ghs_test");
  expect(JSON.parse(bodies.join(""))).toEqual({ repository_ids: [9], permissions: { contents: "read" } });
});

test("the person who installs the App comes back with the state", () => {
  expect(githubAt("https://ghe.example").installUrl("a&b")).toBe(
    "https://ghe.example/apps/branchline/installations/new?state=a%26b",
  );
});

const organizationInstallation = {
  id: 5,
  target_type: "Organization",
  account: { id: 77, login: "acme" },
};

test.each([
  ["admin", "active", true],
  ["admin", "pending", false],
  ["member", "active", false],
])("a person who is %s and %s of the organization administers its installation: %s", async (role, state, is) => {
  const { github } = await githubThat((request, response) => {
    const body = request.url?.includes("/user/installations")
      ? { total_count: 1, installations: [organizationInstallation] }
      : { role, state };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const found = await github.asUser("ghu_x").findAdministeredInstallation(5n);
  expect(found?.account.login).toBe(is ? "acme" : undefined);
  expect(await github.asUser("ghu_x").findAdministeredInstallation(6n)).toBeNull();
});
