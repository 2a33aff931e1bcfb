type Registry = { close: Set<() => void> };

const key = Symbol.for("branchline.openStreams");
const shared = globalThis as { [key]?: Registry };

/** The bundler gives each entry its own copy of a module; the process has one registry. */
function registry(): Registry {
  shared[key] ??= { close: new Set() };
  return shared[key];
}

/** What closes each open stream. A route adds its own when it opens one and takes it out when the reader has gone. */
export const openStreams: Set<() => void> = registry().close;

/** An open stream keeps a server alive for ever: end them all, so that the browser reconnects to the next process. */
export function closeStreamsOnSigterm(): void {
  process.on("SIGTERM", () => {
    for (const close of [...openStreams]) close();
  });
}
