import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breaches } from "./architecture/breaches.ts";
import type { Violation } from "./architecture/cruise.ts";
import { soundHouse } from "./architecture/sound-house.ts";
import { architectureViolations } from "./architecture.ts";

const packages = [
  "core",
  "db",
  "queue",
  "github",
  "aws",
  "runner",
  "logs",
  "secrets",
  "serverless-plugin",
  "testing",
  "ui",
];

describe("the architecture", () => {
  let house = "";

  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), "branchline-house-"));
    await mkdir(join(house, "node_modules/@branchline"), { recursive: true });
    for (const name of packages) {
      const exports = { ".": "./src/index.ts", "./*": ["./src/*.ts", "./src/*.tsx"] };
      const manifest = { name: `@branchline/${name}`, type: "module", exports };
      await put(house, `packages/${name}/package.json`, JSON.stringify(manifest));
      await symlink(join(house, "packages", name), join(house, "node_modules/@branchline", name));
    }
    for (const [file, text] of Object.entries(soundHouse)) await put(house, file, text);
  });

  afterAll(() => rm(house, { recursive: true, force: true }));

  test("finds nothing in a sound house", async () => {
    expect(await violationsOf(house)).toEqual([]);
  });

  test.each(breaches)("%s: %s is named when it breaks the rule (%j)", async (rule, file, text) => {
    await put(house, file, text);
    try {
      const found = await violationsOf(house, file);
      const aboutIt = found.filter((each) => `${each.file} ${each.why}`.includes(file));
      expect(aboutIt.map((each) => each.rule)).toContain(rule);
    } finally {
      const before = soundHouse[file];
      if (before === undefined) await rm(join(house, file));
      else await put(house, file, before);
    }
  });

  test("fails when there is nothing to read", async () => {
    const found = await architectureViolations(house, []);
    expect(found.map((each) => each.rule)).toContain("everything-is-read");
  });
});

function violationsOf(house: string, file?: string): Promise<Violation[]> {
  return architectureViolations(house, [
    ...new Set([...Object.keys(soundHouse), ...(file === undefined ? [] : [file])]),
  ]);
}

async function put(house: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, file)), { recursive: true });
  await writeFile(join(house, file), text);
}
