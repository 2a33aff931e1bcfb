import { BlockList, isIPv4, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** Networks that no build may reach: local and private ones, and those that nobody has on the internet. */
const blocked = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  blocked.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  // With an IPv4 address inside, which a gateway would go on to: compatible, NAT64, Teredo, 6to4.
  ["::", 96],
  ["64:ff9b::", 32],
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const) {
  blocked.addSubnet(network, prefix, "ipv6");
}

const services: Record<string, string> = {
  "169.254.169.254": "instance metadata",
  "fd00:ec2::254": "instance metadata",
  "169.254.170.2": "container credentials",
  "169.254.170.23": "container credentials",
  "fd00:ec2::23": "container credentials",
};

/** Why an address is refused, in a few words; null when it is not. */
export function refusalOfAddress(address: string): string | null {
  const plain = unmapped(address);
  if (services[plain] !== undefined) return services[plain];
  if (blocked.check(plain, isIPv6(plain) ? "ipv6" : "ipv4")) return "a private or local address";
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map((each) => each.address));
  return own.includes(plain) ? "an address of this worker's" : null;
}

export const isAddress = (host: string) => isIPv4(host) || isIPv6(host);

/** "::ffff:a9fe:a9fe", as a URL writes it → "169.254.169.254" */
function unmapped(address: string): string {
  const [, high = "", low = ""] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === "") return address.replace(/^::ffff:(?=\d+\.)/i, "");
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join(".");
}
