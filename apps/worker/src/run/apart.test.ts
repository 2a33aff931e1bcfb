import { expect, test } from "vitest";
import { maskedApart } from "./apart.ts";

test("keeps names apart that the mask makes alike, and the same name the same", () => {
  const shown = maskedApart((name) => name.replace(/Orders|Users/, "***"));
  const names = ["OrdersTable", "UsersTable", "Role", "UsersTable", "OrdersTable", "UsersQueue"];
  expect(names.map(shown)).toEqual(["***Table", "***Table (2)", "Role", "***Table (2)", "***Table", "***Queue"]);
});
