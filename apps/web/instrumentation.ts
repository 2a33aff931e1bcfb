import { env } from "./env";

/** Runs once when the server starts: a wrong environment ends it here, with the variable's name, and not at the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the bundler writes the runtime in here and cuts what the other runtime lacks
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  env();
  const { endOnSigterm } = await import("./lib/ending");
  endOnSigterm();
  const { closeIdleSockets } = await import("./lib/idle-sockets");
  closeIdleSockets();
}
