import type { Workspace } from "../workspace.ts";
import { startLineServer } from "./line-server.ts";

export type BrokerCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
};

/**
 * Gives this build, and no other, the session that is valid now, and for how long: its clock may be another than ours. A
 * connection that fails to get one is cut, and the CLI says so.
 */
export function startCredentialBroker(
  workspace: Workspace,
  provide: () => Promise<BrokerCredentials>,
): Promise<{ stop(): Promise<void> }> {
  return startLineServer(workspace, "credentials.sock", (socket) => {
    provide().then(
      ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
        socket.end(
          JSON.stringify({
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            SessionToken: sessionToken,
            lastsMs: expiration.getTime() - Date.now(),
          }),
        ),
      () => socket.destroy(),
    );
  });
}
