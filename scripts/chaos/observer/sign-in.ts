import type { World } from "@branchline/testing/world";

/** Somebody signs in as a browser would, without one. @returns the cookies of their session */
export async function signInByHttp({ webUrl, github }: World, login: string): Promise<string> {
  const atGithub = cookiesOf(await post(`${github.url}/login`, new URLSearchParams({ login, return_to: "/" })));
  const begun = await post(
    `${webUrl}/api/auth/sign-in/social`,
    JSON.stringify({ provider: "github", callbackURL: "/" }),
    { origin: webUrl, "content-type": "application/json" },
  );
  const { url } = (await begun.json()) as { url: string };
  // What the page that asks for consent sends.
  const consent = new URLSearchParams([...new URL(url).searchParams, ["authorize", "1"]]);
  const allowed = await post(`${github.url}/login/oauth/authorize`, consent, { cookie: atGithub });
  const callback = allowed.headers.get("location") ?? "";
  const answer = await fetch(callback, { headers: { cookie: cookiesOf(begun) }, redirect: "manual" });
  const session = cookiesOf(answer);
  if (!session.includes("session_token=")) throw new Error(`The sign-in of ${login} ended with ${answer.status}`);
  return session;
}

function post(url: string, body: string | URLSearchParams, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: "POST", redirect: "manual", headers, body });
}

function cookiesOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
