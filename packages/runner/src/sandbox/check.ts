import { execa } from "execa";

/** What this machine can't give a sandbox, each in a sentence; none when it can give all. */
export async function checkSandbox(): Promise<string[]> {
  const tried = await execa(
    "bwrap",
    ["--unshare-all", "--unshare-user", "--uid", "1000", "--ro-bind", "/", "/", "/bin/true"],
    {
      env: {},
      extendEnv: false,
      reject: false,
    },
  );
  if (!tried.failed) return [];
  if (tried.code === "ENOENT") return ["bubblewrap is not installed: install Debian's package bubblewrap"];
  return [`bubblewrap can't make namespaces here: ${tried.stderr.trim()}`];
}
