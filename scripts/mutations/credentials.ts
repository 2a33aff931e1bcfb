import type { Mutation } from "./mutation.ts";

const aws = "packages/aws/src";
const asked = `${aws}/aws.test.ts`;
const run = "apps/worker/src/run";
const deployed = "apps/worker/src/credentials.test.ts";

export const credentials: readonly Mutation[] = [
  {
    row: "threat 10",
    file: `${aws}/prove-role.ts`,
    from: "if (answer.kind === wanted) return",
    to: 'if (answer.kind === wanted || wanted === "denied") return',
    test: asked,
    title: "threat 10: a role that opens to anybody who knows its ARN",
  },
  {
    row: "threat 12",
    file: `${aws}/aws.ts`,
    from: 'if (input.roleArn.split(":")[4] !== accountId)',
    to: 'if (input.roleArn !== "" || accountId === "")',
    test: asked,
    title: "threat 12: a role of our own account that got past every form",
  },
  {
    row: "threat 37",
    file: `${run}/record.ts`,
    from: "maskedIn(told, (text) => maskedText(secrets, text))",
    to: 'maskedIn(told, (text) => (text === "" ? maskedText(secrets, text) : text))',
    test: deployed,
    title: "threat 37: a stack that tells a parameter's value in its outputs and in why it failed",
  },
  {
    row: "fault 32",
    file: `${aws}/assume-role.ts`,
    from: "if (!isTooLong || shorter === undefined) return answer;",
    to: "if (!isTooLong || shorter !== undefined) return answer;",
    test: asked,
    title: "fault 32: a role that allows a shorter session than is wished",
  },
  {
    row: "threat 31",
    file: "packages/github/src/repositories.ts",
    from: 'permissions: { contents: "read" },',
    to: "permissions: {},",
    test: "packages/github/src/github.test.ts",
    title: "threat 31: a checkout's token in other hands",
  },
  {
    row: "fault 29",
    file: `${run}/renewed.ts`,
    from: "present.renewAt = Date.now() + tryAgainMs * (1 + Math.random());",
    to: "present.renewAt = 0;",
    test: `${run}/renewed.test.ts`,
    title: "fault 29: a renewal that is throttled is tried again",
  },
  {
    row: "threat 14",
    file: `${run}/deploy-phase.ts`,
    from: "(book.isPackaged() ? session.whole() : passing(session))",
    to: "(book.isPackaged() ? session.whole() : passing({ ...session, reading: session.whole }))",
    test: deployed,
    title: "threat 14: a plugin that uses its deployment's session",
  },
  {
    row: "threat 54",
    file: "packages/serverless-plugin/src/preload.cjs",
    from: "        restoreSteering();",
    to: "",
    test: deployed,
    title: "threat 54: variables that would steer our tools",
  },
  {
    row: "fault 30",
    file: `${run}/session.ts`,
    from: "  await doubt(parts, work, roleArn, assumed);",
    to: "",
    test: deployed,
    title: "fault 30: a role that is refused is asked for once",
  },
  {
    row: "threat 43",
    file: "apps/web/lib/safe-next.ts",
    from: "(?![/\\\\])",
    to: "",
    test: "apps/web/lib/safe-next.test.ts",
    title: "threat 43: a sign-in that is to go on to %j",
  },
  {
    row: "threat 4",
    file: "apps/api/src/webhooks/read-body.ts",
    from: "else if (held > heldMax) settle",
    to: "else if (held < 0) settle",
    test: "apps/api/src/webhooks/read-body.test.ts",
    title: "threat 4: many large bodies at once that never end",
  },
  {
    row: "threat 3",
    file: "packages/github/src/webhooks/schemas.ts",
    from: "Object.keys(body).every((key) => ofRepository.has(key))",
    to: "Object.keys(body).every((key) => ofRepository.has(key) || true)",
    test: "packages/github/src/webhooks/webhooks.test.ts",
    title: "threat 3: a body of any other event under the name repository",
  },
];
