import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeLeftWorkspaces } from "./left-workspaces.ts";
import { machineOfTests } from "./testing/bench.ts";
import { createWorkspace } from "./workspace.ts";

test("what a dead worker's builds left is removed, and no workspace of a build that lives or has only begun", async () => {
  const root = await mkdtemp(join(tmpdir(), "left-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const machine = await machineOfTests();
  const living = await createWorkspace(root, "living", machine);
  for (const name of ["dead", "begun"]) await createWorkspace(root, name, machine);
  const proxy = createServer();
  await living.listen(proxy, "egress.sock");
  const before = new Date(Date.now() - 3_600_000);
  for (const name of ["living", "dead"]) await utimes(join(root, name), before, before);
  await removeLeftWorkspaces(root);
  expect((await readdir(root)).sort()).toEqual(["begun", "living"]);
  await new Promise((resolve) => proxy.close(resolve));
  await utimes(join(root, "living"), before, before);
  await removeLeftWorkspaces(root);
  expect(await readdir(root)).toEqual(["begun"]);
});
