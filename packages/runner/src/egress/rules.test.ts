import { describe, expect, test } from "vitest";
import { refusalOfAddress } from "./addresses.ts";
import { decide, parsePlace } from "./rules.ts";

const rules = {
  allow: ["*.amazonaws.com", "registry.example", "localhost"],
  trusted: ["registry.example"],
  routes: { "*.amazonaws.com:443": "127.0.0.1:4566", "localhost:3002": "127.0.0.1:3002" },
};

test.each([
  ["sts.us-east-1.amazonaws.com:443", { kind: "routed", to: { host: "127.0.0.1", port: 4566 } }],
  ["sts.us-east-1.amazonaws.com:80", { kind: "public", to: { host: "sts.us-east-1.amazonaws.com", port: 80 } }],
  ["registry.example:443", { kind: "trusted", to: { host: "registry.example", port: 443 } }],
  ["localhost:3002", { kind: "routed", to: { host: "127.0.0.1", port: 3002 } }],
  ["localhost:5432", { kind: "public", to: { host: "localhost", port: 5432 } }],
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
  ])("%s", (address) => {
    expect(refusalOfAddress(address)).not.toBeNull();
  });
  test.each(["8.8.8.8", "52.94.5.1", "2600:1f18::1"])("%s is public", (address) => {
    expect(refusalOfAddress(address)).toBeNull();
  });
});
