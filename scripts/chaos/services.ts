import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const repository = "acme/chaos";

const names = Array.from({ length: 20 }, (_, index) => `chaos-${String(index + 1).padStart(2, "0")}`);
export const services = names as [string, ...string[]];

export const stackNameOf = (service: string) => `${service}-staging`;

/** How many numbered lines each build prints. */
export const linesPerBuild = 400;

/** A secret parameter of every service, which its builds print. */
export const canaryName = "CHAOS_CANARY";

/** A stack of one topic, whose output tells which version it is at. */
function configOf(service: string, version: number): string {
  return `service: ${service}
provider: { name: aws, region: us-east-1 }
plugins: [./lines.js]
resources:
  Resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "v${version}" } } }
  Outputs: { Version: { Value: "v${version}" } }
`;
}

/** Prints numbered lines under a mark of this build, a few at a time. */
const plugin = `const { randomBytes } = require("node:crypto");
const { setTimeout: pause } = require("node:timers/promises");

module.exports = class Lines {
  constructor() {
    this.hooks = { "before:package:initialize": print };
  }
};

async function print() {
  const mark = randomBytes(6).toString("hex");
  console.log("The secret is", process.env.${canaryName});
  for (let number = 1; number <= ${linesPerBuild}; number += 1) {
    console.log("line", mark, number);
    if (number % 40 === 0) await pause(100);
  }
}
`;

export async function writeService(directory: string, service: string, version: number): Promise<void> {
  await mkdir(join(directory, service), { recursive: true });
  await writeFile(join(directory, service, "serverless.yml"), configOf(service, version));
  await writeFile(join(directory, service, "lines.js"), plugin);
}
