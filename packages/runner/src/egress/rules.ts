/** Where a host and port lead. */
export type Destination = { host: string; port: number };

export type EgressRules = {
  /** Globs of hosts, as "*.amazonaws.com"; "*" for every public host. */
  allow: readonly string[];
  /** Hosts of the operator's own, which may have private addresses. */
  trusted: readonly string[];
  /** "*.amazonaws.com:443" → "127.0.0.1:4566": a development setting. */
  routes: Readonly<Record<string, string>>;
};

export type Decision =
  | { kind: "routed"; to: Destination }
  | { kind: "trusted"; to: Destination }
  /** Once its name is resolved to public addresses. */
  | { kind: "public"; to: Destination }
  | { kind: "refused"; because: string };

export function decide(rules: EgressRules, to: Destination): Decision {
  const isAllowed = rules.allow.some((pattern) => matchesHost(pattern, to.host));
  if (!isAllowed) return { kind: "refused", because: "not allowed in this phase" };
  const route = Object.entries(rules.routes).find(([pattern]) => matchesPlace(pattern, to));
  if (route !== undefined) return { kind: "routed", to: parsePlace(route[1], 443) };
  const isTrusted = rules.trusted.some((place) => place === to.host || matchesPlace(place, to));
  return { kind: isTrusted ? "trusted" : "public", to };
}

/** "host:port", also "[v6]:port". */
export function parsePlace(text: string, defaultPort: number): Destination {
  const url = new URL(`http://${text}`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const explicit = /:(\d+)$/.exec(text)?.[1];
  return { host, port: explicit === undefined ? defaultPort : Number(explicit) };
}

function matchesPlace(pattern: string, { host, port }: Destination): boolean {
  const at = pattern.lastIndexOf(":");
  return matchesHost(pattern.slice(0, at), host) && pattern.slice(at + 1) === String(port);
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === "*" || pattern === host) return true;
  return pattern.startsWith("*.") && host.endsWith(pattern.slice(1));
}
