import { waitingService } from "./waiting-service.ts";

/** What a service of strangers does with what it finds, each in a line that begins with HOSTILE. */
const probe = `
const { execFileSync, spawnSync } = require("node:child_process");
const phase = process.argv[2];
const names = Object.keys(process.env).filter((name) => /^(AWS_|LD_|GIT_|NODE_OPTIONS|BASH_ENV|CANARY)/.test(name));
console.log("HOSTILE " + phase + " sees " + names.sort().join(" "));
console.log("HOSTILE " + phase + " says " + process.env.CANARY_MARKED);
console.log("HOSTILE " + phase + " tells " + process.env.ELSEWHERE);
const found = execFileSync("sh", ["-c", "find / -path /proc -prune -o -type s -print 2>/dev/null; true"]);
const sockets = String(found).trim().split("\\n").map((path) => path.split("/").pop());
console.log("HOSTILE " + phase + " sockets " + sockets.sort().join(" "));
const client = spawnSync("/opt/branchline-node/node", ["/opt/branchline/credentials.mjs"]);
console.log("HOSTILE " + phase + " asks the broker: " + (client.status === 0 ? String(client.stdout) : client.stderr));
`;

const plugin = `
const paths = [require.main.filename];
const { IAMClient, CreateRoleCommand, ListRolesCommand } = require(require.resolve("@aws-sdk/client-iam", { paths }));
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
module.exports = class {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      "before:package:initialize": () => this.steal("packaging"),
      "before:aws:deploy:deploy:updateStack": () => this.steal("deploying"),
    };
  }
  async steal(when) {
    const iam = new IAMClient(await this.serverless.getProvider("aws").getAwsSdkV3Config());
    const said = (command) => iam.send(command).then(() => "done", (error) => error.name);
    console.log("HOSTILE " + when + " plain " + process.env.PLAIN);
    console.log("HOSTILE " + when + " makes a role: " + (await said(new CreateRoleCommand({
      RoleName: "taken-" + when + "-lambdaRole", AssumeRolePolicyDocument: trust }))));
    console.log("HOSTILE " + when + " lists roles: " + (await said(new ListRolesCommand({}))));
  }
};
`;

/** What a customer would have to reach our tools with: each would be noticed in the log. */
export const steering = {
  AWS_STAGING_PROFILE: "of-a-laptop",
  AWS_STAGING_ACCESS_KEY_ID: "AKIAOFALAPTOP0000000",
  AWS_STAGING_SECRET_ACCESS_KEY: "of-a-laptop",
  AWS_PROFILE: "of-a-laptop",
  NODE_OPTIONS: "--require /workspace/evil.js",
  LD_PRELOAD: "/workspace/evil.so",
  GIT_SSH_COMMAND: "/workspace/evil.js",
  BASH_ENV: "/workspace/evil.sh",
};

/** The same in a file that the CLI reads into its environment, beside a variable of the service's own. */
export const dotEnv = Object.entries({ ...steering, PLAIN: "kept" })
  .map(([name, value]) => `${name}=${value}\n`)
  .join("");

/**
 * A name for a branch that is a program for every shell that it could reach, in double quotes, in single ones or in none.
 * @param file what it would make outside of a build; in one, it would print pwned-42
 */
export function hostileBranch(file: string): string {
  const program = `echo\${IFS}pwned-$((40+2))|tee\${IFS}${file}>&2`;
  return `attack/$(${program})\`${program}\`';${program};'";${program};"`;
}

/** The value of a parameter as it is, and in an encoding that only CloudFormation makes. */
const told = { "Fn::Join": [":", ["${param:CANARY_UNMARKED}", { "Fn::Base64": "${param:CANARY_UNMARKED}" }]] };

/** A resource that can't be made, and CloudFormation's reason says of what. */
export const brokenResource = `    Broken: ${JSON.stringify({
  Type: "AWS::Lambda::Url",
  Properties: { AuthType: "NONE", TargetFunctionArn: told },
})}\n`;

/**
 * A service whose scripts and plugin attack the deployment that they are part of.
 * @param resources more of them, as lines of its file
 */
export function hostileService(name: string, resources = ""): Record<string, string> {
  const plain = waitingService(name, { test: "node probe.js test" });
  const manifest = JSON.parse(plain["package.json"] ?? "{}") as { scripts: Record<string, string> };
  return {
    ...plain,
    "serverless.yml": `${plain["serverless.yml"]}${resources}
outputs:
  told: ${JSON.stringify(told)}
plugins: [./plugin.js]
useDotenv: true
custom:
  account: \${aws:accountId}
`,
    "package.json": JSON.stringify({
      ...manifest,
      scripts: { ...manifest.scripts, postinstall: "node probe.js install" },
    }),
    "plugin.js": plugin,
    "probe.js": probe,
    "evil.js": `process.stderr.write("HOSTILE evil.js ran\\n");\n`,
    "evil.sh": "echo HOSTILE evil.sh ran\n",
  };
}
