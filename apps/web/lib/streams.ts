const key = Symbol.for("branchline.openStreams");
const shared = globalThis as { [key]?: Set<() => void> };
// The bundler gives each entry its own copy of a module; the process has one set.
shared[key] ??= new Set();

/** What ends each open stream. A route adds its own when it opens one and takes it out when the reader has gone. */
export const openStreams = shared[key];
