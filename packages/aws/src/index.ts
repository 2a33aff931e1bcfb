export type { AssumedRole, AwsCredentials } from "./assume-role.ts";
export { type Aws, createAws } from "./aws.ts";
export type { RoleProbe } from "./prove-role.ts";
export type { Intervention } from "./stacks/interventions.ts";
export { classifyStack, type StackClass } from "./stacks/stack-status.ts";
export type { Stack, StackEvent } from "./stacks/stacks.ts";
export { AwsUnavailable } from "./unavailable.ts";
