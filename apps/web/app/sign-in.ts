"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { auth } from "@/lib/auth";
import { safeNext } from "@/lib/safe-next";

/** Sends the person to GitHub; works without script too. */
export async function signIn(form: FormData): Promise<void> {
  const next = form.get("next");
  const callbackURL = safeNext(typeof next === "string" ? next : null);
  const { url } = await auth().api.signInSocial({
    body: { provider: "github", callbackURL, errorCallbackURL: "/" },
    headers: await headers(),
  });
  redirect(url ?? "/");
}

export async function signOut(): Promise<void> {
  await auth().api.signOut({ headers: await headers() });
  redirect("/");
}
