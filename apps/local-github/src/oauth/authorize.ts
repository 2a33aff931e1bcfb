import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { hashSecret, inSeconds, randomSecret } from "../auth/tokens.ts";
import { demandUser } from "../pages/frame.ts";
import { layout } from "../pages/layout.ts";
import { signInAs } from "../pages/login.ts";
import { readForm, signedInUser } from "../pages/session.ts";
import { RestError } from "../rest/errors.ts";
import type { Account } from "../store/records.ts";
import type { World } from "../world.ts";

const CODE_SECONDS = 600;

interface Asked {
  clientId: string;
  redirectUri: string;
  state: string;
  codeChallenge: string | null;
}

/** `/login/oauth/authorize`: who are you, and may the App act for you? */
export function authorizePages(app: Hono, world: World): void {
  app.get("/login/oauth/authorize", (c) => {
    const asked = checked(world, (name) => c.req.query(name));
    const user = signedInUser(world, c);
    const url = new URL(c.req.url);
    if (!user || c.req.query("prompt") === "select_account") return chooseAccount(world, c, url);
    if (world.store.grants.find((row) => row.userId === user.id)) return c.redirect(grantCode(world, user, asked));
    return consent(world, c, user, asked);
  });
  app.post("/login/oauth/authorize", async (c) => {
    const form = await readForm(c);
    const user = demandUser(world, c);
    const asked = checked(world, form.get);
    if (form.get("authorize") !== "1")
      return c.redirect(
        back(asked, { error: "access_denied", error_description: "The user has denied your application access." }),
        302,
      );
    if (!world.store.grants.find((row) => row.userId === user.id)) world.store.grants.insert({ userId: user.id });
    return c.redirect(grantCode(world, user, asked));
  });
}

/** Throws 404 for an App that we don't know and 400 for an address that it did not register. */
function checked(world: World, get: (name: string) => string | undefined): Asked {
  const { app } = world.options;
  if (get("client_id") !== app.clientId) throw new RestError(404, "Not Found");
  const redirectUri = get("redirect_uri") || app.callbackUrls[0] || "";
  if (!app.callbackUrls.includes(redirectUri)) {
    throw new RestError(400, "The redirect_uri is not associated with this application.");
  }
  const codeChallenge = get("code_challenge") || null;
  if (codeChallenge !== null && get("code_challenge_method") !== "S256") {
    throw new RestError(400, "The code_challenge_method must be S256.");
  }
  return { clientId: app.clientId, redirectUri, state: get("state") ?? "", codeChallenge };
}

function back(asked: Asked, answer: Record<string, string>): string {
  const url = new URL(asked.redirectUri);
  for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value);
  if (asked.state !== "") url.searchParams.set("state", asked.state);
  return url.href;
}

function grantCode(world: World, user: Account, asked: Asked): string {
  const code = randomSecret().slice(0, 20);
  world.store.codes.insert({
    hash: hashSecret(code),
    userId: user.id,
    redirectUri: asked.redirectUri,
    codeChallenge: asked.codeChallenge,
    expiresAt: inSeconds(CODE_SECONDS),
  });
  return back(asked, { code });
}

function chooseAccount(world: World, c: Context, url: URL) {
  url.searchParams.delete("prompt");
  const body = html`${signInAs(world, url.pathname + url.search)}
<p class="soft small">to continue to ${world.options.app.name}</p>`;
  return c.html(layout({ title: "Sign in", user: null, body, narrow: true }));
}

function consent(world: World, c: Context, user: Account, asked: Asked) {
  const { name } = world.options.app;
  const hidden = Object.entries({
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    state: asked.state,
    code_challenge: asked.codeChallenge ?? "",
    code_challenge_method: asked.codeChallenge === null ? "" : "S256",
  }).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`);
  const other = new URL(c.req.url);
  other.searchParams.set("prompt", "select_account");
  const body = html`<h1>Authorize ${name}</h1>
<div class="card"><p>${name} would like to verify your identity as <strong>${user.login}</strong>, know which resources you can
access, and act on your behalf.</p>
<form method="post" action="/login/oauth/authorize">${hidden}
<div class="row"><button name="authorize" value="0">Cancel</button>
<button class="main" name="authorize" value="1">Authorize ${name}</button></div></form>
<p class="soft small">Authorizing returns to ${new URL(asked.redirectUri).origin}</p></div>
<p><a href="${other.pathname + other.search}">Use another account</a></p>`;
  return c.html(layout({ title: `Authorize ${name}`, user, body, narrow: true }));
}
