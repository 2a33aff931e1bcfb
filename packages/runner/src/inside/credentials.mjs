// The credential_process of the build's AWS profile: asks the worker's broker for a session, each time one is due.
import { connect } from "node:net";
import { text } from "node:stream/consumers";

const answer = await text(connect("/opt/branchline-sockets/credentials.sock")).catch(() => "");
if (answer === "") {
  process.stderr.write("The credentials of this deployment are no longer given out.\n");
  process.exit(1);
}
const { lastsMs, ...session } = JSON.parse(answer);
const Expiration = new Date(Date.now() + lastsMs).toISOString();
process.stdout.write(JSON.stringify({ Version: 1, ...session, Expiration }));
