import type { Identity } from "../git/write.ts";
import { getAccount } from "../store/accounts.ts";
import type { World } from "../world.ts";

/** The author of commits that a person (or, with null, the App) makes in the browser or by REST. */
export function identityOf(world: World, actorId: number | null): Identity {
  if (actorId === null) {
    const name = `${world.options.app.slug}[bot]`;
    return { name, email: `${name}@users.noreply.github.com` };
  }
  const { name, login, email } = getAccount(world.store, actorId);
  return { name: name ?? login, email: email ?? `${login}@users.noreply.github.com` };
}
