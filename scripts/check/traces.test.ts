import { expect, test } from "vitest";
import { tracesIn } from "./traces.ts";

const slash = "/";

test.each([
  ["apps/web/a.ts", `const x = "${slash}home/ada/x";`],
  ["docs/a.md", `cd ${slash}Users/ada/branchline`],
  ["examples/npm-service/package-lock.json", '"resolved": "https://registry.example/ms.tgz"'],
  ["examples/yarn-service/yarn.lock", '  resolved "https://registry.example/ms.tgz"'],
  [".npmrc", "registry=https://registry.example"],
  [".npmrc", "//registry.example/:_authToken=x"],
])("%s is refused when it holds %s", (path, content) => {
  expect(tracesIn(path, content)).not.toEqual([]);
});

test.each([
  ["apps/web/a.ts", 'const x = "/api/home";'],
  ["docs/a.md", "https://example.com/home/page"],
  ["examples/npm-service/package-lock.json", '"integrity": "sha512-x"'],
])("%s may hold %s", (path, content) => {
  expect(tracesIn(path, content)).toEqual([]);
});
