// The credential_process of the build's AWS profile: asks the worker's broker for a session, each time one is due.
import { connect } from "node:net";

const socket = connect("/opt/branchline-sockets/credentials.sock");
socket.on("error", () => {
  process.stderr.write("The credentials of this deployment are no longer given out.\n");
  process.exit(1);
});
socket.pipe(process.stdout);
