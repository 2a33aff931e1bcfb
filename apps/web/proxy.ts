import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./env";
import { pathHeader } from "./lib/requested-path";

/** Refuses what another site asks to be changed; gives every page a nonce for its scripts, and tells it its own address. */
export function proxy(request: NextRequest): NextResponse {
  if (!isOurs(request)) return NextResponse.json({ error: "The request comes from another site." }, { status: 403 });
  if (hasNul(request)) return new NextResponse("This address holds a character that no name has.", { status: 400 });
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Postgres keeps no text with it, so nothing that is looked for has it in its name. */
function hasNul({ nextUrl: { pathname, search } }: NextRequest): boolean {
  return `${pathname}${search}`.includes("%00");
}

/**
 * A browser names the site of every form and script that sends something. Next lets pass what names none; nothing of ours
 * does that.
 */
function isOurs({ method, headers }: NextRequest): boolean {
  return method === "GET" || method === "HEAD" || headers.get("origin") === new URL(env().WEB_URL).origin;
}

function contentSecurityPolicy(nonce: string): string {
  const gitHub = new URL(env().GITHUB_URL).origin;
  // Development compiles in the browser.
  const development = isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: https://avatars.githubusercontent.com ${gitHub}`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Without script, signing in is a form that GitHub answers.
    `form-action 'self' ${gitHub}`,
  ].join("; ");
}

export const config = {
  matcher: [{ source: "/((?!_next/static|_next/image|icon|api/(?!auth/)).*)" }],
};
