import { existsSync } from "node:fs";
import { join } from "node:path";
import { node, root } from "./places.mjs";
import { runInForeground } from "./run.mjs";

const setpriv = "/usr/bin/setpriv";

/** Runs scripts/<command>.ts with Node 24; signals reach it through us, and it ends when we are killed. */
export async function runScript(command, args) {
  const script = [node, "--no-warnings", join(root, "scripts", `${command}.ts`), ...args];
  const dying = existsSync(setpriv) ? [setpriv, "--pdeathsig", "TERM", "--", ...script] : script;
  return await runInForeground(dying[0], dying.slice(1));
}
