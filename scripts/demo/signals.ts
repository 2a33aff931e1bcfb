/** One Ctrl-C reaches us several times: from the terminal, from npm, and from the bootstrap. */
const echoMs = 1_500;

/** Aborts on Ctrl-C and on SIGTERM; asked again later, this process ends at once, and the kernel ends the others. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (askedAt !== undefined && performance.now() - askedAt > echoMs) process.exit(1);
      askedAt ??= performance.now();
      controller.abort();
    });
  }
  return controller.signal;
}
