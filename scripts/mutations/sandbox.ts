import type { Mutation } from "./mutation.ts";

const test = "packages/runner/src/sandbox/hostile-processes.test.ts";
const spawn = "packages/runner/src/sandbox/spawn.ts";

export const sandbox: readonly Mutation[] = [
  {
    row: "threat 15",
    file: spawn,
    from: "{ env: {}, stdio:",
    to: "{ stdio:",
    test,
    title: "threat 15: reads every environment in /proc",
  },
  {
    row: "threat 16",
    file: "packages/runner/src/sandbox/sandbox.ts",
    from: "user: workspace.user, files }, launcher);",
    to: "user: workspace.user, files }, [...launcher, JSON.stringify(step)]);",
    test,
    title: "threat 16: reads every command line in /proc",
  },
  {
    row: "threat 17",
    file: "packages/runner/src/inside/launch.ts",
    from: "& closeOnExec) === 0) closeSync(file);",
    to: "& closeOnExec) < 0) closeSync(file);",
    test,
    title: "threat 17: lists its open files",
  },
  {
    row: "threat 22",
    file: spawn,
    from: '"/usr/bin/bwrap", "--unshare-pid", "--die-with-parent",',
    to: '"/usr/bin/bwrap", "--die-with-parent",',
    test,
    title: "threat 22: its worker is killed",
  },
  {
    row: "threat 23",
    file: spawn,
    from: '["--seccomp", String(filterFile)] : []',
    to: "[] : []",
    test,
    title: "threat 23: makes every call that opens the kernel",
  },
  {
    row: "threat 23",
    file: spawn,
    from: 'parts.has("nested_users") ? ["--disable-userns"]',
    to: 'parts.has("nested_users") ? []',
    test,
    title: "threat 23: makes users of its own",
  },
  {
    row: "threat 24",
    file: spawn,
    from: "if (user === null) return",
    to: "if (user !== undefined) return",
    test,
    title: "threat 24: looks for root: its user is no one else's",
  },
  {
    row: "threat 24",
    file: spawn,
    from: '"--remount-ro", "/dev", "--remount-ro", "/",',
    to: "",
    test,
    title: "threat 24: writes to the machine's programs",
  },
];
