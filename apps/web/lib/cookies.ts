/**
 * What every cookie of ours has: no script reads it, no other site's form brings it along, and over https it is this very
 * host's alone, which browsers hold by the `__Host-` in its name.
 */
export function cookieAttributes(webUrl: string) {
  return { httpOnly: true, sameSite: "lax", secure: isSecure(webUrl), path: "/" } as const;
}

export function cookieName(webUrl: string, name: string): string {
  return `${prefixOf(webUrl)}.${name}`;
}

/** The same for better-auth, whose own prefix is the weaker `__Secure-`. */
export function sessionCookies(webUrl: string) {
  return {
    useSecureCookies: false,
    cookiePrefix: prefixOf(webUrl),
    defaultCookieAttributes: cookieAttributes(webUrl),
  };
}

const isSecure = (webUrl: string) => webUrl.startsWith("https:");
const prefixOf = (webUrl: string) => (isSecure(webUrl) ? "__Host-branchline" : "branchline");
