import type { Output, Step, StepExit } from "./sandbox.ts";
import type { Confined } from "./spawn.ts";

/** Between the request to end and the end. */
const graceMs = 10_000;

/** Ends the step when it is too long, too silent, or not wanted any more: first by request, then for good. */
export function watchStep(child: Confined, step: Step, killSignal: AbortSignal) {
  let ended: StepExit | null = null;
  let killing: NodeJS.Timeout | undefined;

  function end(exit: StepExit): void {
    if (ended !== null) return;
    ended = exit;
    child.stdin.end();
    killing = setTimeout(kill, graceMs);
  }

  function kill(): void {
    child.kill("SIGKILL");
  }

  const total = setTimeout(() => end({ kind: "timed_out", limit: "total" }), step.timeoutMs);
  const idle = setTimeout(() => end({ kind: "timed_out", limit: "idle" }), step.idleTimeoutMs);
  const cancel = () => end({ kind: "cancelled" });
  const leaveSignals = [hearAbort(step.signal, cancel), hearAbort(killSignal, kill)];

  const hear: Output = async (bytes, stream) => {
    idle.refresh();
    await step.output(bytes, stream);
  };

  return {
    hear,
    /** What is over a limit of its machine is not asked first. */
    endByLimit(exit: StepExit): void {
      ended ??= exit;
      kill();
    },
    /** @returns how it was ended; null when it ended by itself */
    stop(): StepExit | null {
      clearTimeout(total);
      clearTimeout(idle);
      clearTimeout(killing);
      for (const leave of leaveSignals) leave();
      return ended;
    },
  };
}

/** Also of a signal that has aborted already. @returns what stops listening */
function hearAbort(signal: AbortSignal, onAbort: () => void): () => void {
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return () => signal.removeEventListener("abort", onAbort);
}
