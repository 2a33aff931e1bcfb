import { bringIn } from "@branchline/testing/scene/organization";
import { signUp } from "@branchline/testing/scene/people";
import type { Arena } from "../arena.ts";
import { signInByHttp } from "./sign-in.ts";

/** The dashboard gives a person no more logs than these in a minute. */
const logsOfOne = 30;

/** The whole log of each deployment, downloaded by people who are signed in: as many as need it, none of whom is refused. */
export async function readLogs(arena: Arena, ids: readonly string[]): Promise<Map<string, string>> {
  const logs = new Map<string, string>();
  for (let first = 0; first < ids.length; first += logsOfOne) {
    const cookie = await signInReader(arena, first / logsOfOne + 1);
    for (const id of ids.slice(first, first + logsOfOne)) logs.set(id, await download(arena, id, cookie));
  }
  return logs;
}

/** A new colleague, who may look at everything. @returns their session */
async function signInReader({ world, acme }: Arena, number: number): Promise<string> {
  const login = `reader-${number}`;
  const reader = await signUp(acme.ctx.db, world.github, { login, name: login, email: `${login}@acme.example` });
  await bringIn(acme.ctx, reader, "viewer");
  return await signInByHttp(world, login);
}

async function download({ world }: Arena, deploymentId: string, cookie: string): Promise<string> {
  const answer = await fetch(`${world.webUrl}/api/deployments/${deploymentId}/log`, { headers: { cookie } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`The log of ${deploymentId} was answered with ${answer.status}: ${text}`);
  return text;
}
