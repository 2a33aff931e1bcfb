import { join } from "node:path";

export const repositoryRoot = join(import.meta.dirname, "../../..");

/** Node 24, whatever Node the machine has. */
export const nodeBinary = join(repositoryRoot, "node_modules/.bin/node");

/** Python's programs, which the bootstrap installs. */
export const toolsBin = join(repositoryRoot, ".branchline/tools/venv/bin");

/** The tools of builds, which all worlds share. */
export const toolchainDirectory = join(repositoryRoot, ".branchline/tools/toolchain");

/** What Node compiled of our programs and their libraries, so that the next start need not. */
export const compileCache = join(repositoryRoot, "node_modules/.cache/node");
