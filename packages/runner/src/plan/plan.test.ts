import { afterEach, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { readPlan } from "./plan.ts";

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function planOf(files: Record<string, string>, baseDirectory: string) {
  const bench = await createBench(files);
  close = bench.close;
  return readPlan(bench.workspace, baseDirectory);
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

test("a Node that is not there is named, with the one that is used", async () => {
  const plan = await planOf({ ...config, ".nvmrc": "v18\n", "package.json": "{}" }, "");
  expect(plan.notes.join()).toContain(`Node 18 is asked for and is not there; Node ${process.versions.node} is used.`);
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
