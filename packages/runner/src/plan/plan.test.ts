import { afterEach, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { readPlan } from "./plan.ts";

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function planOf(files: Record<string, string>, baseDirectory: string, fetched?: { submodules: boolean }) {
  const bench = await createBench(files);
  close = bench.close;
  return readPlan(bench.workspace, baseDirectory, fetched);
}

function planPinning(name: string, versions: string) {
  const manifest = JSON.stringify({ devDependencies: { [name]: versions } });
  return planOf({ ...config, "package.json": manifest }, "");
}

const config = { "serverless.yml": "service: x\nprovider: { name: aws }\n" };

test("the lock file at the root of a workspace installs there", async () => {
  const plan = await planOf(
    { "pnpm-lock.yaml": "", "package.json": "{}", "a/package.json": "{}", "a/serverless.yml": "service: a" },
    "a",
  );
  expect(plan).toMatchObject({
    installDirectory: "",
    install: ["pnpm", "install", "--frozen-lockfile"],
    problem: null,
  });
});

test("the nearest lock file wins", async () => {
  const plan = await planOf(
    { "pnpm-lock.yaml": "", "a/package-lock.json": "{}", "a/package.json": "{}", "a/serverless.yml": "service: a" },
    "a",
  );
  expect(plan).toMatchObject({ installDirectory: "a", install: ["npm", "ci"] });
});

test.each([
  ["# yarn lockfile v1", "yarn.js"],
  ["__metadata:\n  version: 8", "cli-dist"],
])("yarn.lock beginning %s is installed by the yarn that wrote it", async (lock, program) => {
  const plan = await planOf({ ...config, "package.json": "{}", "yarn.lock": lock }, "");
  expect(plan.install?.join(" ")).toContain(program);
});

test("npm's placeholder is no test", async () => {
  const scripts = { test: 'echo "Error: no test specified" && exit 1' };
  expect((await planOf({ ...config, "package.json": JSON.stringify({ scripts }) }, "")).test).toBeNull();
});

test("a service without package.json installs nothing", async () => {
  expect(await planOf(config, "")).toMatchObject({ install: null, test: null, pinnedCli: null });
});

test("the CLI that package.json pins deploys", async () => {
  const plan = await planOf({ ...config, "package.json": '{"devDependencies":{"serverless":"3"}}' }, "");
  expect(plan.pinnedCli).toBe("serverless");
});

test.each([
  ["serverless", "^4.2.0"],
  ["serverless", ">=4"],
])("%s %s is refused before anything is installed", async (name, versions) => {
  const plan = await planPinning(name, versions);
  expect(plan.cliRefusal).toContain(`serverless ${versions}`);
});

test.each([
  ["serverless", "^3.39.0"],
  ["serverless", ">=3"],
  ["serverless", "github:acme/serverless"],
  ["osls", "^4.0.0"],
])("%s %s is not refused by its range", async (name, versions) => {
  const plan = await planPinning(name, versions);
  expect(plan.cliRefusal).toBeNull();
});

test.each([
  ["20", "20."],
  ["v22.11.0", "22."],
  ["lts/iron", "20."],
  ["^20 || ^22", "22."],
])(".nvmrc with %s gets the Node %s that is pinned for it", async (wanted, version) => {
  const plan = await planOf({ ...config, ".nvmrc": `${wanted}\n`, "package.json": "{}" }, "");
  expect(plan.node?.startsWith(version)).toBe(true);
  expect(plan.notes.join()).toContain(`Node ${plan.node}, for ${wanted.replace(/^v/, "")}.`);
});

test("the worker's own Node is used where that is allowed", async () => {
  const engines = { node: ">=20" };
  expect((await planOf({ ...config, "package.json": JSON.stringify({ engines }) }, "")).node).toBeNull();
});

test.each([
  ["18", "is asked for and is not there"],
  ["the newest", "which is no version"],
])("Node %s is named as what %s, with the one that is used", async (wanted, why) => {
  const plan = await planOf({ ...config, ".nvmrc": `${wanted}\n`, "package.json": "{}" }, "");
  expect(plan.node).toBeNull();
  expect(plan.notes.join()).toContain(why);
  expect(plan.notes.join()).toContain(`Node ${process.versions.node} is used.`);
});

test("submodules that were not fetched are told of, and those that were are not", async () => {
  const files = { ...config, ".gitmodules": "" };
  expect((await planOf(files, "")).notes.join()).toContain("submodules, which are not fetched");
  expect((await planOf(files, "", { submodules: true })).notes.join()).not.toContain("submodules");
  expect((await planOf(config, "")).notes.join()).not.toContain("submodules");
});

test("what a build runs is the Node that its plan chose, and the proxy and the broker keep the worker's", async () => {
  const bench = await createBench({ ...config, ".nvmrc": "20", "package.json": "{}" });
  close = bench.close;
  const { node } = await readPlan(bench.workspace, "");
  const { text } = await bench.run(["sh", "-c", "node --version; npm --version"], { node });
  expect(text).toMatch(new RegExp(`^v${node}\\n\\d+\\.`));
});

test("a file that can't be parsed is named with its line", async () => {
  const plan = await planOf({ "a/serverless.yml": "service: a\nprovider:\n  name: aws\n bad: [\n" }, "a");
  expect(plan.problem).toMatchObject({ file: "a/serverless.yml", line: 4 });
});

test("CloudFormation's own tags are no errors", async () => {
  const plan = await planOf({ "serverless.yml": "service: a\nresources:\n  Outputs:\n    X: { Value: !Ref Y }\n" }, "");
  expect(plan.problem).toBeNull();
});

test.each([
  ["a", "There is no serverless.yml in a."],
  ["b", "The base directory b is not in the repository."],
  ["../..", "The base directory ../.. is not in the repository."],
])("without a file in %s it says so", async (directory, message) => {
  expect((await planOf({ "a/x": "" }, directory)).problem?.message).toBe(message);
});
