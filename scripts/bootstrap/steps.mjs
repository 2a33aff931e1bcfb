const tickMs = 1_000;

/**
 * Tells each step with its time: on a terminal as a line that ticks, else as one line when it begins and one when it ends.
 * @returns a function that runs a step's work under its name
 */
export function createSteps(out = process.stderr) {
  const running = new Map();
  const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const draw = () => {
    if (!out.isTTY || running.size === 0) return;
    const parts = [...running].map(([name, start]) => `${name} … ${seconds(start)}`);
    out.write(`\r\x1b[2K  ${parts.join("  ·  ").slice(0, (out.columns ?? 80) - 3)}`);
  };
  const say = (line) => {
    out.write(`${out.isTTY ? "\r\x1b[2K" : ""}  ${line}\n`);
    draw();
  };
  return async function step(name, work) {
    const start = performance.now();
    running.set(name, start);
    const timer = setInterval(draw, tickMs);
    if (out.isTTY) draw();
    else say(`${name} …`);
    try {
      const result = await work();
      running.delete(name);
      say(`${name}  ${seconds(start)}`);
      return result;
    } catch (error) {
      running.delete(name);
      say(`${name} failed after ${seconds(start)}`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
}
