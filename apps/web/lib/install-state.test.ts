import { describe, expect, it } from "vitest";
import { newInstallState, readState, signState } from "./install-state.ts";

const secret = "a secret that is long enough to sign with";

describe("the state of an installation", () => {
  it("leads back to the organization that the walk began in", () => {
    const state = newInstallState("acme");
    expect(readState(signState(state, secret), state.nonce, secret)).toEqual(state);
  });

  it("is refused without the cookie, with another walk's nonce, and without a nonce", () => {
    const cookie = signState(newInstallState("acme"), secret);
    expect(readState(undefined, "x", secret)).toBeNull();
    expect(readState(cookie, newInstallState("acme").nonce, secret)).toBeNull();
    expect(readState(cookie, null, secret)).toBeNull();
  });

  it("is refused when somebody else wrote or changed it", () => {
    const state = newInstallState("acme");
    const foreign = Buffer.from(JSON.stringify({ ...state, org: "other" })).toString("base64url");
    const [, signature] = signState(state, secret).split(".");
    expect(readState(`${foreign}.${signature}`, state.nonce, secret)).toBeNull();
    expect(readState(signState(state, "another secret"), state.nonce, secret)).toBeNull();
    expect(readState("nonsense", state.nonce, secret)).toBeNull();
  });
});
