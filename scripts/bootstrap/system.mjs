import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { problem } from "./problem.mjs";
import { run } from "./run.mjs";

const oldestPython = [3, 10];

/** Each program that we can't bring ourselves, the Debian package that has it, and why it is needed. */
const programs = [
  { package: "git", isThere: () => hasProgram("git"), why: "checks out what is deployed" },
  {
    package: "python3",
    isThere: hasPython,
    why: `version ${oldestPython.join(".")} or later runs the AWS emulator`,
    isFor: "servers",
  },
  { package: "python3-venv", isThere: hasVenv, why: "keeps the emulator's packages apart", isFor: "servers" },
  { package: "bubblewrap", isThere: () => hasProgram("bwrap"), why: "fences builds in", isFor: "servers" },
  {
    package: "chromium",
    isThere: () => ["chromium", "chromium-browser", "google-chrome"].some(hasProgram),
    why: "is the browser of the tests",
    isFor: "browser",
  },
];

export function findMissing(needs) {
  return programs
    .filter((program) => program.isFor === undefined || needs[program.isFor])
    .filter((one) => !one.isThere());
}

/**
 * Installs what is missing when that is ours to do: as root, on a system with apt.
 * @throws what is missing and how to get it, in one line
 */
export async function installMissing(step, missing) {
  if (missing.length === 0) return;
  const packages = missing.map((one) => one.package);
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  const reasons = missing.map((one) => `${one.package} (${one.why})`).join(", ");
  const hint = `Missing: ${reasons}. To get it: ${process.getuid?.() === 0 ? "" : "sudo "}${command}`;
  if (process.getuid?.() !== 0 || !hasProgram("apt-get")) throw problem(hint);
  await step(`Install ${packages.join(", ")}`, async () => {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update", "-q"], options).catch(() => undefined);
    await run("apt-get", command.split(" ").slice(1), options);
  });
  const still = missing.filter((one) => !one.isThere());
  if (still.length > 0) throw problem(hint);
}

function hasProgram(name) {
  return (process.env.PATH ?? "").split(delimiter).some((directory) => existsSync(join(directory, name)));
}

function hasPython() {
  const [major, minor] = oldestPython;
  return succeeds("python3", ["-c", `import sys; sys.exit(sys.version_info < (${major}, ${minor}))`]);
}

/** Debian has the module in python3 and what it needs in python3-venv. */
function hasVenv() {
  return succeeds("python3", ["-c", "import venv, ensurepip"]);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
