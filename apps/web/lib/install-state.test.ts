import { describe, expect, it } from "vitest";
import { newInstallState, readState, signState } from "./install-state.ts";

const secret = "a secret that is long enough to sign with";

describe("the state of an installation", () => {
  it("leads back to the organization that the walk began in", () => {
    const state = newInstallState("acme");
    expect(readState(signState(state, secret), state.nonce, secret)).toEqual(state);
  });

  it("threat 43: an installation without the cookie, or with another walk's state: refused", () => {
    const cookie = signState(newInstallState("acme"), secret);
    expect(readState(undefined, "x", secret)).toBeNull();
    expect(readState(cookie, newInstallState("acme").nonce, secret)).toBeNull();
    expect(readState(cookie, null, secret)).toBeNull();
  });

  it("threat 43: an installation's state that somebody else wrote or changed: refused", () => {
    const state = newInstallState("acme");
    const foreign = Buffer.from(JSON.stringify({ ...state, org: "other" })).toString("base64url");
    const [, signature] = signState(state, secret).split(".");
    expect(readState(`${foreign}.${signature}`, state.nonce, secret)).toBeNull();
    expect(readState(signState(state, "another secret"), state.nonce, secret)).toBeNull();
    expect(readState("nonsense", state.nonce, secret)).toBeNull();
  });
});
