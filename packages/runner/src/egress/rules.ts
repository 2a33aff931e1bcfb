import { isAddress, refusalOfAddress } from "./addresses.ts";

/** Where a host and port lead. */
export type Destination = { host: string; port: number };

export type EgressRules = {
  /** Globs of hosts, as "*.amazonaws.com"; "*" for every public host. */
  allow: readonly string[];
  /** The operator's own, which may have private addresses. */
  trusted: readonly URL[];
  /** "*.amazonaws.com:443" → "127.0.0.1:4566": a development setting. */
  routes: Readonly<Record<string, string>>;
};

export type Decision =
  | { kind: "routed"; to: Destination }
  | { kind: "trusted"; to: Destination }
  /** Once its name is resolved to public addresses. */
  | { kind: "public"; to: Destination }
  | { kind: "refused"; because: string };

/** What the web is spoken on. On others there are mail servers, and logins. */
const ports = [80, 443];

export function decide(rules: EgressRules, to: Destination): Decision {
  const isAllowed = rules.allow.some((pattern) => matchesHost(pattern, to.host));
  const own = isAllowed ? ownDecision(rules, to) : null;
  if (own !== null) return own;
  const because = isAddress(to.host) ? refusalOfAddress(to.host) : null;
  if (because !== null) return { kind: "refused", because };
  if (!isAllowed) return { kind: "refused", because: "not allowed in this phase" };
  if (!ports.includes(to.port)) return { kind: "refused", because: `port ${to.port} is not allowed` };
  return { kind: "public", to };
}

/** What the operator has said of a place. */
function ownDecision({ routes, trusted }: EgressRules, to: Destination): Decision | null {
  const route = Object.entries(routes).find(([pattern]) => matchesPlace(pattern, to));
  if (route !== undefined) return { kind: "routed", to: parsePlace(route[1], 443) };
  return trusted.some((server) => to.host === server.hostname && to.port === portOf(server))
    ? { kind: "trusted", to }
    : null;
}

const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === "http:" ? 80 : 443);

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
