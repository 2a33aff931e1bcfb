import { getCookies } from "better-auth/cookies";
import { expect, it } from "vitest";
import { cookieAttributes, cookieName, sessionCookies } from "./cookies.ts";

it("gives sessions over https a name that no other host, path or plain connection can set", () => {
  const { sessionToken } = getCookies({ advanced: sessionCookies("https://branchline.example") });
  expect(sessionToken.name).toBe("__Host-branchline.session_token");
  expect(sessionToken.attributes).toMatchObject({ secure: true, httpOnly: true, sameSite: "lax", path: "/" });
  expect(sessionToken.attributes).not.toHaveProperty("domain");
});

it("keeps sessions in development, where there is no https", () => {
  const { sessionToken } = getCookies({ advanced: sessionCookies("http://localhost:3000") });
  expect(sessionToken.name).toBe("branchline.session_token");
  expect(sessionToken.attributes).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
});

it("gives our own cookies the same", () => {
  expect(cookieName("https://branchline.example", "install")).toBe("__Host-branchline.install");
  expect(cookieAttributes("https://branchline.example").secure).toBe(true);
});
