import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APP, CALLBACK, type Json, type Scene, startScene } from "../testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const asked = { client_id: APP.clientId, redirect_uri: CALLBACK, state: "a&b=c" };

async function codeFor(login: string, extra: Record<string, string> = {}): Promise<string> {
  const browser = await scene.browser(login);
  const form = new URLSearchParams({ ...asked, ...extra, authorize: "1" });
  const location = (await browser("POST", "/login/oauth/authorize", form)).headers.get("location") ?? "";
  return new URL(location).searchParams.get("code") ?? "";
}

async function exchange(fields: Record<string, string>): Promise<Json> {
  const response = await fetch(`${scene.url}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, ...fields }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

describe("signing in with GitHub", () => {
  test("shows whom one can be, asks for consent once, and comes back with the state", async () => {
    const path = `/login/oauth/authorize?${new URLSearchParams(asked)}`;
    const page = await (await fetch(scene.url + path)).text();
    for (const login of ["ada", "bo", "eve"]) expect(page).toContain(`value="${login}"`);
    const browser = await scene.browser("eve");
    expect(await (await browser("GET", path)).text()).toContain("Authorize Branchline");
    const consent = await browser("POST", "/login/oauth/authorize", new URLSearchParams({ ...asked, authorize: "1" }));
    const url = new URL(consent.headers.get("location") ?? "");
    expect([url.origin + url.pathname, url.searchParams.get("state")]).toEqual([CALLBACK, "a&b=c"]);
    const again = await browser("GET", path);
    expect(again.headers.get("location")).toMatch(/[?&]code=/);
  });

  test("gives tokens for a code and its verifier, once", async () => {
    const verifier = randomBytes(32).toString("base64url");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const code = await codeFor("bo", { code_challenge: challenge, code_challenge_method: "S256" });
    const tokens = await exchange({ code, code_verifier: verifier, redirect_uri: CALLBACK });
    expect(tokens).toMatchObject({
      token_type: "bearer",
      expires_in: 28_800,
      access_token: expect.stringMatching(/^ghu_/),
    });
    const user = await scene.rest("GET", "/user", String(tokens.access_token));
    expect(await user.json()).toMatchObject({ login: "bo", email: "bo@example.com" });
    expect(await exchange({ code, code_verifier: verifier })).toMatchObject({ error: "bad_verification_code" });
  });

  test("refuses a code with another verifier", async () => {
    const challenge = createHash("sha256").update("right").digest("base64url");
    const code = await codeFor("bo", { code_challenge: challenge, code_challenge_method: "S256" });
    expect(await exchange({ code, code_verifier: "wrong" })).toMatchObject({ error: "bad_verification_code" });
  });

  test("refuses a wrong client secret, and the code stays good", async () => {
    const code = await codeFor("bo");
    expect(await exchange({ code, client_secret: "wrong" })).toMatchObject({ error: "incorrect_client_credentials" });
    expect(await exchange({ code })).toMatchObject({ access_token: expect.any(String) });
  });

  test("refreshes once with a refresh token", async () => {
    const first = await exchange({ code: await codeFor("bo") });
    const refresh = { grant_type: "refresh_token", refresh_token: String(first.refresh_token) };
    expect(await exchange(refresh)).toMatchObject({ access_token: expect.stringMatching(/^ghu_/) });
    expect(await exchange(refresh)).toMatchObject({ error: "bad_refresh_token" });
  });

  test("answers a form when nobody asked for JSON", async () => {
    const response = await fetch(`${scene.url}/login/oauth/access_token`, {
      method: "POST",
      body: new URLSearchParams({ client_id: APP.clientId, client_secret: "wrong", code: "x" }),
    });
    expect(new URLSearchParams(await response.text()).get("error")).toBe("incorrect_client_credentials");
  });

  test.each([
    ["an address that is not registered", { redirect_uri: "http://evil.example/callback" }, 400],
    ["another client", { client_id: "Iv1.other" }, 404],
    ["a plain challenge", { code_challenge: "x", code_challenge_method: "plain" }, 400],
  ])("never redirects to or for %s", async (_, change, status) => {
    const browser = await scene.browser("ada");
    const answer = await browser("GET", `/login/oauth/authorize?${new URLSearchParams({ ...asked, ...change })}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([status, null]);
  });

  test("takes no form from another site", async () => {
    const answer = await fetch(`${scene.url}/login/oauth/authorize`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: "http://evil.example" },
      body: new URLSearchParams({ ...asked, authorize: "1" }),
    });
    expect(answer.status).toBe(403);
  });

  test("tells which role a person has in an organization", async () => {
    for (const [login, role] of [
      ["ada", "admin"],
      ["bo", "member"],
    ] as const) {
      const answer = await scene.rest("GET", "/user/memberships/orgs/acme", await scene.appUserToken(login));
      expect(await answer.json()).toMatchObject({ role, state: "active" });
    }
    const eve = await scene.rest("GET", "/user/memberships/orgs/acme", await scene.appUserToken("eve"));
    expect(eve.status).toBe(404);
  });
});
