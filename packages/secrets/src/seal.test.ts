import { expect, test } from "vitest";
import { generateIdentity, open, seal } from "./index.ts";

test("only the identity opens what was sealed for its recipient", async () => {
  const ours = await generateIdentity();
  const theirs = await generateIdentity();
  const sealed = await seal(ours.recipient, "s3cret\n— ü");
  expect(sealed).not.toContain("s3cret");
  expect(await open(ours.identity, sealed)).toBe("s3cret\n— ü");
  await expect(open(theirs.identity, sealed)).rejects.toThrow();
});

test("a sealed text that was changed does not open", async () => {
  const { identity, recipient } = await generateIdentity();
  const sealed = await seal(recipient, "value");
  const lines = sealed.split("\n");
  const changed = [...lines.slice(0, 2), lines[2]?.toLowerCase(), ...lines.slice(3)].join("\n");
  await expect(open(identity, changed)).rejects.toThrow();
});
