// Runs inside the sandbox, as the first process of a step. What the step is comes on standard input, so that no secret
// is ever in an argument or in the environment of a process that others can read. Plain CommonJS, which Node starts
// sooner than modules, and far sooner than types.
const { spawn } = process.getBuiltinModule("node:child_process");
const { closeSync, mkdirSync, readdirSync, readFileSync, readSync, writeFileSync } =
  process.getBuiltinModule("node:fs");
const { connect, createServer } = process.getBuiltinModule("node:net");
const { constants } = process.getBuiltinModule("node:os");
const { dirname, relative } = process.getBuiltinModule("node:path");

/**
 * @typedef {object} Launch
 * @property {string[]} argv
 * @property {string} directory
 * @property {Record<string, string>} environment
 * @property {Record<string, string>} files
 * @property {string} egressSocket
 * @property {number} proxyPort
 */

/** The first line of our input, waited for: there is nothing else to do. */
function readLine() {
  /** @type {Buffer[]} */
  const parts = [];
  const bytes = Buffer.alloc(65_536);
  while (parts.at(-1)?.includes("\n") !== true) {
    const length = readSync(0, bytes);
    // The worker is gone.
    if (length === 0) process.exit(1);
    parts.push(Buffer.from(bytes.subarray(0, length)));
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Set on the files that a process keeps to itself; what lacks it was left open by whoever started the worker. */
const closeOnExec = 0o2000000;

function closeInherited() {
  for (const name of readdirSync("/proc/self/fdinfo")) {
    const file = Number(name);
    if (file <= 2) continue;
    const flags = /^flags:\s*(\d+)$/m.exec(readIfThere(`/proc/self/fdinfo/${name}`))?.[1];
    if (flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0) closeSync(file);
  }
}

/**
 * The directory that is listed has a file in it of its own, which is closed by now.
 * @param {string} path
 */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @param {Launch} step */
async function launch({ argv, directory, environment, files, ...proxy }) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
  }
  closeInherited();
  enter(directory);
  await forwardProxy(proxy.proxyPort, proxy.egressSocket);
  const [command = "", ...rest] = argv;
  const child = spawn(command, rest, { env: environment, stdio: ["ignore", "inherit", "inherit"], detached: true });
  // The worker closes our input when the step must end: its whole process group is asked first.
  process.stdin.resume().once("close", () => child.pid !== undefined && process.kill(-child.pid, "SIGTERM"));
  child.once("error", (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    process.exit(127);
  });
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

/**
 * Goes where the step runs. Asked where that is once we are there: a link may lead out, and may change meanwhile.
 * @param {string} directory
 */
function enter(directory) {
  try {
    process.chdir(directory);
    if (`${process.cwd()}/`.startsWith("/workspace/")) return;
  } catch {
    // Not there at all.
  }
  process.stderr.write(`The directory ${relative("/workspace", directory)} is not in the repository.\n`);
  process.exit(1);
}

/**
 * The sandbox has a loopback of its own; what listens there leads to the worker's proxy and nowhere else.
 * @param {number} port
 * @param {string} socketPath
 * @returns {Promise<void>}
 */
function forwardProxy(port, socketPath) {
  const server = createServer((client) => {
    const upstream = connect(socketPath);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  // Not on one address, for which Node would load what resolves names: there is no other network than the loopback.
  return new Promise((resolve) => server.listen(port, resolve));
}

void launch(JSON.parse(readLine()));
