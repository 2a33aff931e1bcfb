import "server-only";
import { Outage } from "@branchline/core/errors";
import { type Github, GithubUnavailable } from "@branchline/github";
import { redirect } from "next/navigation";
import { github } from "./github";
import { findGitHubToken } from "./session";

type Person = ReturnType<Github["asUser"]>;

const unauthorized = 401;

/**
 * Asks GitHub as the signed-in person. Without a token that GitHub still takes, they sign in anew and come back to `next`.
 * @throws Outage when GitHub did not answer
 */
export async function askAsPerson<Answer>(next: string, ask: (person: Person) => Promise<Answer>): Promise<Answer> {
  const token = await findGitHubToken();
  if (token === null) signInAnew(next);
  try {
    return await ask(github().asUser(token));
  } catch (error) {
    if (!(error instanceof GithubUnavailable)) throw error;
    if (error.status === unauthorized) signInAnew(next);
    throw new Outage("GitHub", error);
  }
}

function signInAnew(next: string): never {
  redirect(`/?error=token&next=${encodeURIComponent(next)}`);
}
