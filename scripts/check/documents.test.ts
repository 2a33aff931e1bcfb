import { describe, expect, test } from "vitest";
import { deadCommands, deadPaths, untoldCommands } from "./documents.ts";

const files = ["README.md", "docs/self-hosting.md", "packages/core/src/move.ts"];

describe("documents", () => {
  test("a link and a quoted path that exist are accepted, folders too", () => {
    const text =
      "[host](docs/self-hosting.md#aws), `packages/core/src`, `packages/core/src/move.ts`, [web](https://example.com)";
    expect(deadPaths("README.md", text, files)).toEqual([]);
  });

  test("a link is read from its document's folder", () => {
    expect(deadPaths("docs/a.md", "[up](../README.md) [near](self-hosting.md)", files)).toEqual([]);
    expect(deadPaths("docs/a.md", "[up](README.md)", files)).toEqual(["docs/a.md: docs/README.md does not exist"]);
  });

  test("a quoted path that is gone is named", () => {
    expect(deadPaths("README.md", "`packages/notify/src`", files)).toEqual([
      "README.md: packages/notify/src does not exist",
    ]);
  });

  test("a command that package.json does not know is named, and one that nobody tells of", () => {
    expect(deadCommands("README.md", "`npm run demo -- --once`\n\nnpm run fly\n", new Set(["demo"]))).toEqual([
      "README.md: npm run fly is not in package.json",
    ]);
    expect(untoldCommands("npm test", new Set(["test", "demo"]))).toEqual(["README.md: npm run demo is not told of"]);
  });
});
