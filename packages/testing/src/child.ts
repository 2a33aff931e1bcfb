import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";

export type ChildOptions = {
  /** For messages about it. */
  name: string;
  command: string;
  args: string[];
  environment: Record<string, string | undefined>;
  cwd?: string;
  /** Everything it prints is appended here. */
  logFile: string;
  stopSignal?: NodeJS.Signals;
  /** True for the line that says it is ready; without this, it is ready at once. */
  isReady?(line: string): boolean;
  /** A caller that waits for readiness otherwise gives up after this long. */
  readyTimeoutMs?: number;
};

export type Child = {
  name: string;
  pid: number;
  /** Settles when it has ended, whoever ended it, with its exit code; null when it was killed. */
  exited: Promise<number | null>;
  /** It does nothing until it is thawed, and then goes on as if nothing had been. @returns what thaws it */
  freeze(): () => void;
  /** Ends it by this signal, and settles when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Asks it to end, and kills its whole group after ten seconds. */
  stop(): Promise<void>;
};

const killAfterMs = 10_000;
const hasSetpriv = existsSync("/usr/bin/setpriv");

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches only us and we end it in our order. The kernel
 * tells it to stop when we die without a word.
 * @throws Error with the end of its output, when it ends or says nothing before it is ready
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const stopSignal = options.stopSignal ?? "SIGTERM";
  const [command, args] = dyingWithParent(options.command, options.args, stopSignal);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.environment as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(options.logFile, { flags: "a" });
  const exited = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => log.end(() => resolve(code)));
  });
  // At once, and never later: when nobody is left of the group, its number may be somebody else's.
  child.once("exit", () => killGroup(child, "SIGKILL"));
  await watchUntilReady(child, options, log, exited);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${options.name} did not start`);
  const end = (signal: NodeJS.Signals) => stop(child, signal, exited);
  const freeze = () => {
    child.kill("SIGSTOP");
    return () => void child.kill("SIGCONT");
  };
  return { name: options.name, pid, exited, freeze, kill: end, stop: () => end(stopSignal) };
}

function dyingWithParent(command: string, args: string[], signal: NodeJS.Signals): [string, string[]] {
  if (!hasSetpriv) return [command, args];
  return ["/usr/bin/setpriv", ["--pdeathsig", signal.replace("SIG", ""), "--", command, ...args]];
}

async function watchUntilReady(
  child: ChildProcess,
  options: ChildOptions,
  log: WriteStream,
  exited: Promise<number | null>,
): Promise<void> {
  const tail: string[] = [];
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > 20) tail.shift();
      if (options.isReady?.(line)) ready.resolve();
    });
  }
  const fail = (what: string) => ready.reject(new Error(`${options.name} ${what}:\n${tail.join("\n")}`));
  child.once("error", (error) => fail(`did not start (${error.message})`));
  void exited.then(() => fail("ended before it was ready"));
  if (options.isReady === undefined) return;
  const timer = setTimeout(() => fail("was not ready in time"), options.readyTimeoutMs ?? 60_000);
  try {
    await ready.promise;
  } catch (error) {
    if (isRunning(child)) killGroup(child, "SIGKILL");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<unknown>): Promise<void> {
  if (isRunning(child)) {
    child.kill(signal);
    // A frozen one hears nothing else.
    child.kill("SIGCONT");
  }
  const timer = setTimeout(() => isRunning(child) && killGroup(child, "SIGKILL"), killAfterMs);
  await exited;
  clearTimeout(timer);
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** What is left of the group may be nobody. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
