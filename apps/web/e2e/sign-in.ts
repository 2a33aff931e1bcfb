/** What GitHub sends a person's browser back with, for a sign-in whose cookies nobody keeps. */
export async function begunSignIn(webUrl: string, githubCookie: string): Promise<{ asked: URL; callback: URL }> {
  const begun = await begin(webUrl);
  const { url } = (await begun.json()) as { url: string };
  const answer = await fetch(url, { headers: { cookie: githubCookie }, redirect: "manual" });
  return { asked: new URL(url), callback: new URL(answer.headers.get("location") ?? "", url) };
}

function begin(webUrl: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${webUrl}/api/auth/sign-in/social`, {
    method: "POST",
    headers: { origin: webUrl, "content-type": "application/json", ...headers },
    body: JSON.stringify({ provider: "github", callbackURL: "/" }),
  });
}

/** Somebody without a session, at a network address. */
type Ask = (webUrl: string, address: string) => Promise<"answered" | "limited">;

export const askToBegin: Ask = async (webUrl, address) => {
  const answer = await begin(webUrl, { "x-forwarded-for": address });
  await answer.body?.cancel();
  return answer.status === 429 ? "limited" : "answered";
};

export const askCallback: Ask = async (webUrl, address) => {
  const headers = { "x-forwarded-for": address };
  const answer = await fetch(`${webUrl}/api/auth/callback/github?state=x`, { headers, redirect: "manual" });
  await answer.body?.cancel();
  return answer.status === 429 ? "limited" : "answered";
};

/** As a browser without script does. */
export const pressSignIn: Ask = async (webUrl, address) => {
  const [, field = ""] = /name="(\$ACTION_ID_[^"]+)"/.exec(await (await fetch(webUrl)).text()) ?? [];
  const body = new FormData();
  body.set(field, "");
  body.set("next", "/");
  const headers = { origin: webUrl, "x-forwarded-for": address };
  const answer = await fetch(webUrl, { method: "POST", headers, body, redirect: "manual" });
  const { pathname, searchParams } = new URL(answer.headers.get("location") ?? "nowhere:", webUrl);
  if (searchParams.get("error") === "too_many_requests") return "limited";
  if (pathname !== "/login/oauth/authorize") throw new Error(`The button led to ${pathname}: ${answer.status}`);
  return "answered";
};
