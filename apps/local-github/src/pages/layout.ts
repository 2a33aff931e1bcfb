import { html } from "hono/html";
import type { Account } from "../store/records.ts";

export type Markup = ReturnType<typeof html>;

interface PageFrame {
  title: string;
  user: Account | null;
  body: Markup | Markup[];
  narrow?: boolean;
  /** The page shows checks, which change by themselves: with script it follows them, without it a reload does. */
  live?: boolean;
}

/** A whole document around a page's own markup. */
export function layout(page: PageFrame): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Local GitHub</title>
<link rel="stylesheet" href="/assets/style.css">
${page.live ? html`<script src="/assets/live.js" defer></script>` : ""}
</head>
<body>
<header><a href="/">Local GitHub</a><span class="soft small tagline">a stand-in for development</span><span class="space"></span>${account(page.user)}</header>
<main class="${page.narrow ? "narrow" : ""}">${page.body}</main>
</body>
</html>`;
}

function account(user: Account | null): Markup {
  if (!user) return html`<a href="/login">Sign in</a>`;
  return html`${face(user.login)} <span>${user.login}</span>
<form method="post" action="/logout"><button>Sign out</button></form>`;
}

export function face(login: string): Markup {
  return html`<img class="face" src="/avatars/${encodeURIComponent(login)}.svg" alt="">`;
}

/** "4 min ago", with the exact time on hover. */
export function ago(time: string): Markup {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
  const [amount, unit] =
    seconds < 60
      ? [seconds, "s"]
      : seconds < 3600
        ? [Math.round(seconds / 60), "min"]
        : seconds < 86_400
          ? [Math.round(seconds / 3600), "h"]
          : [Math.round(seconds / 86_400), "d"];
  return html`<time class="soft small" datetime="${time}" title="${time}">${amount} ${unit} ago</time>`;
}

export function subjectOf(message: string): string {
  return message.split("\n")[0] ?? "";
}

/** A branch or a path inside an address. */
export function inUrl(name: string): string {
  return encodeURIComponent(name);
}
