/** What GitHub sends a person's browser back with, for a sign-in whose cookies nobody keeps. */
export async function begunSignIn(webUrl: string, githubCookie: string): Promise<{ asked: URL; callback: URL }> {
  const begun = await fetch(`${webUrl}/api/auth/sign-in/social`, {
    method: "POST",
    headers: { origin: webUrl, "content-type": "application/json" },
    body: JSON.stringify({ provider: "github", callbackURL: "/" }),
  });
  const { url } = (await begun.json()) as { url: string };
  const answer = await fetch(url, { headers: { cookie: githubCookie }, redirect: "manual" });
  return { asked: new URL(url), callback: new URL(answer.headers.get("location") ?? "", url) };
}
