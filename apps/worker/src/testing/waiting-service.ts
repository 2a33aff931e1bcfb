import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { waitCondition } from "@branchline/testing/aws-stacks";

export type WaitingService = {
  /** What its file calls it from now on. */
  service?: string;
  /** Names of wait conditions, one after the other: whoever adds one keeps the stack busy until it is signalled. */
  waits?: string[];
  /** A property of its topic, which CloudFormation changes before it waits. */
  displayName?: string;
  /** A bucket that is there: without one of its own, its stack is created with all that is in it. */
  bucket?: string;
  /** A command of a plugin, which it is packaged with. */
  packaging?: string;
  /** A command of a plugin, when it is packaged and AWS was not asked to change anything. */
  deploying?: string;
  /** A command of a plugin, between the look at its stack and the upload of what it deploys. */
  uploading?: string;
  /** A command of a plugin, between the change set that is to create its stack and its execution. */
  creating?: string;
  /** The scripts of its package. */
  preinstall?: string;
  test?: string;
};

/** A service without a framework of its own, whose deployments last as long as a test wants. */
export function waitingService(name: string, wishes: WaitingService = {}): Record<string, string> {
  const { service = name, waits = [], displayName = "first", bucket, ...hooks } = wishes;
  const { packaging, deploying, uploading, creating, ...scripts } = hooks;
  const plugins = {
    ...(packaging === undefined ? {} : { "packaging.cjs": commandPlugin(packagingHook, packaging) }),
    ...(deploying === undefined ? {} : { "deploying.cjs": commandPlugin("before:deploy:deploy", deploying) }),
    ...(uploading === undefined ? {} : { "uploading.cjs": commandPlugin(uploadingHook, uploading) }),
    ...(creating === undefined ? {} : { "creating.cjs": creatingPlugin(creating) }),
  };
  const listed = Object.keys(plugins).map((file) => `./${file}`);
  const resources = waits.map(
    (wait, place) => `    ${wait}: ${JSON.stringify({ ...waitCondition, DependsOn: waits[place - 1] ?? "Topic" })}\n`,
  );
  return {
    "serverless.yml": `app: waiting
service: ${service}
provider:
  name: aws
  runtime: nodejs24.x
${bucket === undefined ? "" : `  deploymentBucket: ${bucket}\n`}${listed.length === 0 ? "" : `plugins: ${JSON.stringify(listed)}\n`}package:
  patterns: ["!**", "handler.js"]
functions:
  hello:
    handler: handler.hello
resources:
  Resources:
    Topic:
      Type: AWS::SNS::Topic
      Properties: ${JSON.stringify({ TopicName: name, DisplayName: displayName })}
${resources.join("")}`,
    "handler.js": `exports.hello = async () => ({ statusCode: 200, body: ${JSON.stringify(waits.join(" "))} });\n`,
    ...plugins,
    "package.json": JSON.stringify({ name, version: "1.0.0", private: true, scripts }),
    "package-lock.json": JSON.stringify({ name, version: "1.0.0", lockfileVersion: 3, packages: { "": { name } } }),
  };
}

const pluginOf = (hook: string, work: string) => `const { exec } = require("node:child_process");
const { promisify } = require("node:util");
module.exports = class {
  constructor(serverless) {
    this.hooks = { ${JSON.stringify(hook)}: ${work} };
  }
};
`;

const uploadingHook = "before:aws:deploy:deploy:uploadArtifacts";
const packagingHook = "before:package:createDeploymentArtifacts";

const commandPlugin = (hook: string, command: string) =>
  pluginOf(hook, `() => promisify(exec)(${JSON.stringify(command)})`);

const creatingPlugin = (command: string) =>
  pluginOf(
    "before:aws:deploy:deploy:createStack",
    `() => {
      const deploy = serverless.pluginManager.plugins.find((plugin) => plugin.waitForChangeSetCreation);
      const wait = deploy.waitForChangeSetCreation;
      deploy.waitForChangeSetCreation = async (...names) => {
        deploy.waitForChangeSetCreation = wait;
        const changeSet = await wait.apply(deploy, names);
        await promisify(exec)(${JSON.stringify(command)});
        return changeSet;
      };
    }`,
  );

/** The files in a folder of their own, while `work` lasts. */
export async function inFolder<T>(files: Record<string, string>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "service-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
