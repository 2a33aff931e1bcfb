import { BlockList, isIPv6 } from "node:net";

/** Addresses that no build may reach: ours, the cloud's metadata services, and private networks. */
const blocked = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 3],
] as const) {
  blocked.addSubnet(network, prefix, "ipv4");
  blocked.addSubnet(`::ffff:${network}`, 96 + prefix, "ipv6");
}
for (const [network, prefix] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  blocked.addSubnet(network, prefix, "ipv6");
}

/** Why an address is refused, in a few words; null when it is not. */
export function refusalOfAddress(address: string): string | null {
  if (address === "169.254.169.254" || address === "fd00:ec2::254") return "instance metadata";
  if (address === "169.254.170.2") return "container credentials";
  return blocked.check(address, isIPv6(address) ? "ipv6" : "ipv4") ? "a private or local address" : null;
}
