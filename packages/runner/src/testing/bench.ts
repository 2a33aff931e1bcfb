import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toolchainDirectory } from "@branchline/testing/paths";
import { startEgress } from "../egress/egress.ts";
import { createSandbox, type Step, type StepExit } from "../sandbox/sandbox.ts";
import { prepareToolchain } from "../toolchain.ts";
import { createWorkspace } from "../workspace.ts";

/** A workspace with files in it, a sandbox around it, and what its steps printed. */
export async function createBench(
  files: Record<string, string>,
  routes: Record<string, string> = {},
  authorities: string[] = [],
) {
  const root = await mkdtemp(join(tmpdir(), "runner-"));
  const toolchain = await prepareToolchain({ directory: toolchainDirectory, authorities });
  const workspace = await createWorkspace(root, "build");
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace.repository, path)), { recursive: true });
    await writeFile(join(workspace.repository, path), text);
  }
  const refused: string[] = [];
  const egress = await startEgress({ workspace, toolchain, routes, onRefused: (line) => refused.push(line) });
  const killing = new AbortController();
  const sandbox = createSandbox({ workspace, toolchain, egress, killSignal: killing.signal });

  async function run(argv: string[], step: Partial<Step> = {}): Promise<{ exit: StepExit; text: string }> {
    const parts: Buffer[] = [];
    const exit = await sandbox.run({
      argv,
      directory: "",
      environment: {},
      node: null,
      allow: [],
      timeoutMs: 120_000,
      idleTimeoutMs: 120_000,
      output: async (bytes) => void parts.push(bytes),
      signal: new AbortController().signal,
      ...step,
    });
    return { exit, text: Buffer.concat(parts).toString("utf8") };
  }

  return {
    workspace,
    toolchain,
    sandbox,
    refused,
    run,
    /** Ends what runs, and whatever would run next. */
    kill: () => killing.abort(),
    async close() {
      await egress.stop();
      await workspace.dispose();
      await rm(root, { recursive: true, force: true });
    },
  };
}
