import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { waitCondition } from "@branchline/testing/aws-stacks";

export type WaitingService = {
  /** Names of wait conditions, one after the other: whoever adds one keeps the stack busy until it is signalled. */
  waits?: string[];
  /** A property of its topic, which CloudFormation changes before it waits. */
  displayName?: string;
  /** A bucket that is there: without one of its own, its stack is created with all that is in it. */
  bucket?: string;
  /** A command of a plugin, which it is packaged with. */
  packaging?: string;
  /** The scripts of its package. */
  preinstall?: string;
  test?: string;
};

/** A service without a framework of its own, whose deployments last as long as a test wants. */
export function waitingService(name: string, wishes: WaitingService = {}): Record<string, string> {
  const { waits = [], displayName = "first", bucket, packaging, ...scripts } = wishes;
  const resources = waits.map(
    (wait, place) => `    ${wait}: ${JSON.stringify({ ...waitCondition, DependsOn: waits[place - 1] ?? "Topic" })}\n`,
  );
  return {
    "serverless.yml": `app: waiting
service: ${name}
provider:
  name: aws
  runtime: nodejs24.x
${bucket === undefined ? "" : `  deploymentBucket: ${bucket}\n`}${packaging === undefined ? "" : "plugins: [./packaging.cjs]\n"}package:
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
    ...(packaging === undefined ? {} : { "packaging.cjs": pluginOf(packaging) }),
    "package.json": JSON.stringify({ name, version: "1.0.0", private: true, scripts }),
    "package-lock.json": JSON.stringify({ name, version: "1.0.0", lockfileVersion: 3, packages: { "": { name } } }),
  };
}

const pluginOf = (command: string) => `const { exec } = require("node:child_process");
const { promisify } = require("node:util");
module.exports = class {
  constructor() {
    this.hooks = { "before:package:createDeploymentArtifacts": () => promisify(exec)(${JSON.stringify(command)}) };
  }
};
`;

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
