import type { Cli } from "../plan/cli.ts";
import { inside } from "./layout.ts";

export type DeployStepOptions = {
  stage: string;
  region: string;
  deploymentId: string;
  parameters: { service: Record<string, string>; stage: Record<string, string> };
};

const profile = "branchline";
const awsConfig = `${inside.run}/aws-config`;
const settings = `${inside.run}/deploy.json`;

/**
 * `serverless deploy --stage <stage>` with the repository's own CLI. Parameters and what our plugin must know come in a
 * file of the step; credentials from the broker, by a profile, so that they are renewed while a deployment lasts.
 */
export function deployStep(cli: Cli, options: DeployStepOptions) {
  const { stage, region, deploymentId, parameters } = options;
  // Version 3 takes no named profile with a credential_process; unasked, its AWS SDK finds the default one.
  const isThird = cli.version.startsWith("3.");
  // Without an environment: what the CLI's process was made to carry does not steer our own.
  const client = `/usr/bin/env -i ${inside.workerNode} ${inside.credentials}`;
  const broker = [`region = ${region}`, `credential_process = ${client}`];
  return {
    argv: [
      inside.node,
      "--require",
      `${inside.plugin}/preload.cjs`,
      cli.path,
      ...["deploy", "--stage", stage, "--region", region, "--verbose"],
    ],
    environment: {
      ...(isThird ? {} : { AWS_PROFILE: profile }),
      AWS_CONFIG_FILE: awsConfig,
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_SDK_LOAD_CONFIG: "1",
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
      SLS_AWS_MONITORING_FREQUENCY: "1000",
      SLS_TELEMETRY_DISABLED: "1",
      SLS_NOTIFICATIONS_MODE: "off",
    },
    files: {
      [awsConfig]: [`[profile ${profile}]`, ...broker, "[default]", ...broker, ""].join("\n"),
      [settings]: JSON.stringify({
        stage,
        parameters,
        tags: { "branchline:deployment": deploymentId },
        facts: `${inside.sockets}/facts.sock`,
      }),
    },
  };
}
