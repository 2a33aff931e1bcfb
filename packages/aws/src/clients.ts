import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentials } from "./assume-role.ts";

export type Clients = { sts: STSClient; stacks: CloudFormationClient };

/** A call that hangs is given up: the SDK by itself would wait for ever. */
const patience = { connectionTimeout: 5_000, requestTimeout: 20_000 };

/**
 * Clients that share one pool of connections, kept for as long as somebody holds the credentials: a stack that moves is
 * asked about every second, and each time a new client would make a new TLS connection.
 */
export function createClients({ region, maxAttempts }: { region: string; maxAttempts: number }) {
  const ours = new STSClient({ region, maxAttempts, requestHandler: patience });
  const { requestHandler } = ours.config;
  const kept = new WeakMap<AwsCredentials, Map<string, Clients>>();
  return {
    /** As our own identity, which comes from the SDK's own variables. */
    ours,
    /** As an assumed role, in a region. */
    as(credentials: AwsCredentials, at: string): Clients {
      const regions = kept.get(credentials) ?? new Map<string, Clients>();
      kept.set(credentials, regions);
      const options = { region: at, credentials, maxAttempts, requestHandler };
      const clients = regions.get(at) ?? { sts: new STSClient(options), stacks: new CloudFormationClient(options) };
      regions.set(at, clients);
      return clients;
    },
  };
}
