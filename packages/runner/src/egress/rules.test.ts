import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { refusalOfAddress } from "./addresses.ts";
import { decide, parsePlace } from "./rules.ts";

const rules = {
  allow: ["*.amazonaws.com", "registry.example", "git.example", "localhost", "10.1.2.3", "93.184.216.34"],
  trusted: [new URL("https://registry.example/npm"), new URL("http://git.example:3000")],
  routes: { "*.amazonaws.com:443": "127.0.0.1:4566", "localhost:3002": "127.0.0.1:3002" },
};

test.each([
  ["sts.us-east-1.amazonaws.com:443", { kind: "routed", to: { host: "127.0.0.1", port: 4566 } }],
  ["sts.us-east-1.amazonaws.com:80", { kind: "public", to: { host: "sts.us-east-1.amazonaws.com", port: 80 } }],
  ["registry.example:443", { kind: "trusted", to: { host: "registry.example", port: 443 } }],
  ["localhost:3002", { kind: "routed", to: { host: "127.0.0.1", port: 3002 } }],
  ["registry.example:5432", { kind: "refused", because: "port 5432 is not allowed" }],
  ["git.example:3000", { kind: "trusted", to: { host: "git.example", port: 3000 } }],
  ["git.example:443", { kind: "public", to: { host: "git.example", port: 443 } }],
  ["localhost:5432", { kind: "refused", because: "port 5432 is not allowed" }],
  ["10.1.2.3:443", { kind: "refused", because: "a private or local address" }],
  ["93.184.216.34:443", { kind: "public", to: { host: "93.184.216.34", port: 443 } }],
  ["169.254.169.254:80", { kind: "refused", because: "instance metadata" }],
  ["[::ffff:a9fe:a9fe]:80", { kind: "refused", because: "instance metadata" }],
  ["evil.example:443", { kind: "refused", because: "not allowed in this phase" }],
  ["notamazonaws.com:443", { kind: "refused", because: "not allowed in this phase" }],
])("%s", (place, decision) => {
  expect(decide(rules, parsePlace(place, 443))).toEqual(decision);
});

describe("an address that leads to us or to the cloud's own services is refused", () => {
  test.each([
    "169.254.169.254",
    "169.254.170.2",
    "127.0.0.1",
    "10.1.2.3",
    "::1",
    "::ffff:169.254.169.254",
    "fd00:ec2::254",
    "fe80::1",
    "0.0.0.0",
    "100.64.0.1",
    "192.0.0.192",
    "198.18.0.1",
    "::ffff:10.1.2.3",
    "::ffff:a01:203",
    "::a01:203",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1",
    ...Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address)),
  ])("%s", (address) => {
    expect(refusalOfAddress(address)).not.toBeNull();
  });
  test.each(["8.8.8.8", "52.94.5.1", "2600:1f18::1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(refusalOfAddress(address)).toBeNull();
    },
  );
});
