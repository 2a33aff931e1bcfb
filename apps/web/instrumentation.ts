import { env, isNodeRuntime } from "./env";

/** Runs once when the server starts: a wrong environment ends it here, with the variable's name, and not at the first request. */
export async function register(): Promise<void> {
  if (!isNodeRuntime) return;
  env();
  const { closeStreamsOnSigterm } = await import("./lib/streams");
  closeStreamsOnSigterm();
}
