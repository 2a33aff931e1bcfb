import type { Hono } from "hono";
import { html } from "hono/html";
import { RestError } from "../rest/errors.ts";
import { findAccount } from "../store/accounts.ts";
import type { World } from "../world.ts";
import { face, layout, type Markup } from "./layout.ts";
import { ownPath, readForm, signedInUser, signIn, signOut } from "./session.ts";

/** "Sign in as" one of the seeded people: there are no passwords here. */
export function loginPages(app: Hono, world: World): void {
  app.get("/login", (c) => {
    const returnTo = ownPath(c.req.query("return_to"));
    const body = signInAs(world, returnTo);
    return c.html(layout({ title: "Sign in", user: signedInUser(world, c), body, narrow: true }));
  });
  app.post("/login", async (c) => {
    const form = await readForm(c);
    const user = findAccount(world.store, form.get("login"));
    if (user?.type !== "User") throw new RestError(422, "There is no such person");
    signIn(world, c, user);
    return c.redirect(ownPath(form.get("return_to")), 303);
  });
  app.post("/logout", async (c) => {
    await readForm(c);
    signOut(world, c);
    return c.redirect("/", 303);
  });
}

/** One button per person. */
export function signInAs(world: World, returnTo: string): Markup {
  const people = world.store.accounts.filter((account) => account.type === "User");
  const button = (login: string, name: string | null) => html`<form method="post" action="/login">
<input type="hidden" name="return_to" value="${returnTo}"><input type="hidden" name="login" value="${login}">
<button class="wide">${face(login)} ${login}${name ? html` <span class="soft">${name}</span>` : ""}</button></form>`;
  return html`<h1>Sign in as</h1>
<p class="soft">Everybody here is made up, so nobody needs a password.</p>
${people.length === 0 ? html`<p>There is nobody yet.</p>` : people.map((user) => button(user.login, user.name))}`;
}
