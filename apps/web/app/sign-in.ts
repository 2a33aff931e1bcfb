"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { auth } from "@/lib/auth";
import { beginSignIn } from "@/lib/begin-sign-in";
import { safeNext } from "@/lib/safe-next";

/** Sends the person to GitHub; works without script too. */
export async function signIn(form: FormData): Promise<void> {
  const next = form.get("next");
  const callbackURL = safeNext(typeof next === "string" ? next : null);
  redirect((await beginSignIn(callbackURL)) ?? "/?error=too_many_requests");
}

export async function signOut(): Promise<void> {
  await auth().api.signOut({ headers: await headers() });
  redirect("/");
}
