const ticking = process.stderr.isTTY;

/** One line per step, with how long it took. */
export function sayStep(name: string, milliseconds: number): void {
  process.stderr.write(`${ticking ? "\r\x1b[2K" : ""}  ${name}  ${(milliseconds / 1000).toFixed(1)} s\n`);
}

/** Does a step and says how long it took; on a terminal, a line ticks meanwhile. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const tick = () => process.stderr.write(`\r\x1b[2K  ${name} … ${Math.round((performance.now() - start) / 1000)} s`);
  const timer = ticking ? setInterval(tick, 1_000) : undefined;
  try {
    const result = await work();
    sayStep(name, performance.now() - start);
    return result;
  } finally {
    clearInterval(timer);
  }
}
