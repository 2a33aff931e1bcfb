import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./env";
import { pathHeader } from "./lib/requested-path";

/** Gives every page a nonce for its scripts, and tells it its own address. */
export function proxy(request: NextRequest): NextResponse {
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
  matcher: [{ source: "/((?!_next/static|_next/image|icon|api/).*)" }],
};
